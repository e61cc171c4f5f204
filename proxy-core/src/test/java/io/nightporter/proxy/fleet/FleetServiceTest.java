package io.nightporter.proxy.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.driver.Drivers;
import io.nightporter.orchestrator.driver.builtin.BuiltInDrivers;
import io.nightporter.proxy.config.Configuration;
import io.nightporter.proxy.config.ConfigurationLoader;
import io.nightporter.proxy.player.Players;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetServiceTest {

    @TempDir
    Path folder;

    private FleetService service(Drivers drivers) throws Exception {
        Path file = folder.resolve("nightporter.yml");
        Files.writeString(
            file,
            """
            proxy: { listen: "127.0.0.1:25565", onlineMode: false }
            dataDir: "%s"
            fleet:
              nodes: { here: { driver: process } }
            """.formatted(folder)
        );
        Configuration configuration = ConfigurationLoader.load(file);
        var link = new FleetLink();
        return new FleetService(
            configuration,
            link,
            new Presence(new Players(), link),
            drivers,
            (_, _, _) -> null,
            _ -> {}
        );
    }

    private static void eventually(BooleanSupplier so) throws InterruptedException {
        for (int i = 0; i < 600 && !so.getAsBoolean(); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(so.getAsBoolean()).isTrue();
    }

    private static int nodes(FleetService service) {
        return service
            .opened()
            .map(open -> open.orchestrator().nodes().size())
            .orElse(0);
    }

    @Test
    void aFleetThatFailsWhileItIsOpenedIsTriedAgain() throws Exception {
        try (FleetService first = service(new BuiltInDrivers(folder))) {
            first.begin();
            eventually(() -> nodes(first) == 1);
        }

        var good = new BuiltInDrivers(folder);
        var tries = new AtomicInteger();
        Drivers moody = node -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("out of luck");
            }
            return good.open(node);
        };
        try (FleetService second = service(moody)) {
            second.begin();
            eventually(() -> second.obstacle().contains("out of luck"));
            assertThat(second.opened()).isEmpty();

            eventually(() -> nodes(second) == 1);
        }
    }
}
