package io.nightporter.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.logging.LogManager;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;
import net.minestom.server.MinecraftServer;
import net.minestom.server.coordinate.Pos;
import net.minestom.server.entity.GameMode;
import net.minestom.server.entity.Player;
import net.minestom.server.event.GlobalEventHandler;
import net.minestom.server.event.player.AsyncPlayerConfigurationEvent;
import net.minestom.server.event.player.PlayerChatEvent;
import net.minestom.server.event.player.PlayerDisconnectEvent;
import net.minestom.server.event.player.PlayerSpawnEvent;
import net.minestom.server.event.server.ServerListPingEvent;
import net.minestom.server.instance.InstanceContainer;
import net.minestom.server.instance.LightingChunk;
import net.minestom.server.instance.anvil.AnvilLoader;
import net.minestom.server.network.ConnectionState;
import net.minestom.server.network.packet.client.status.StatusRequestPacket;
import net.minestom.server.network.packet.server.status.ResponsePacket;
import net.minestom.server.ping.Status;
import net.minestom.server.timer.TaskSchedule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A meadow at noon in which players walk, build and chat. What they build is kept if there is a folder for it.
 *
 * <p>As soon as players may come, one line {@code READY port=N protocol=P version=V} stands on standard output;
 * everything else goes to standard error. SIGTERM saves the world, says {@code SAVED chunks=N} and ends it cleanly.
 */
public final class DemoWorld {

    private static final long NOON = 6000;
    /** Shown in the server list; it limits nothing. */
    private static final int MOST_PLAYERS = 20;
    private static final Pos SPAWN = new Pos(0.5, Meadow.SPAWN_HEIGHT + 1, 0.5);

    private final Logger log = LoggerFactory.getLogger(DemoWorld.class);
    private final Options options;

    private DemoWorld(Options options) {
        this.options = options;
    }

    public static void main(String[] arguments) {
        Options options;
        try {
            options = Options.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println("demo-world: " + e.getMessage());
            System.err.println(Options.USAGE);
            System.exit(2);
            return;
        }
        quietLogging();
        new DemoWorld(options).openWhenItIsTime();
    }

    private void openWhenItIsTime() {
        if (options.neverReady()) {
            log.info("never ready, as was asked for");
            pause(Duration.ofSeconds(Long.MAX_VALUE));
        }
        if (options.startDelay().isPositive()) {
            log.info("starting slowly seconds={}", options.startDelay().toSeconds());
            pause(options.startDelay());
        }
        open();
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the main thread", e);
        }
    }

    private void open() {
        MinecraftServer server = MinecraftServer.init(options.auth());
        MinecraftServer.setCompressionThreshold(options.compression());
        MinecraftServer.setBrandName("Nightporter demo");
        welcome(MinecraftServer.getGlobalEventHandler(), meadow());
        server.start(options.bind(), options.port());
        if (options.watchStdin()) {
            Thread.ofPlatform().name("stdin").daemon().start(DemoWorld::exitAtEndOfInput);
        }
        ProcessHandle other = options.endWith();
        if (other != null) {
            other.onExit().thenRun(() -> System.exit(0));
        }
        System.out.printf(
            "READY port=%d protocol=%d version=%s%n",
            MinecraftServer.getServer().getPort(),
            MinecraftServer.PROTOCOL_VERSION,
            MinecraftServer.VERSION_NAME
        );
    }

    /** The constructor of AnvilLoader that is to stay is not there in the older versions that this is built for. */
    @SuppressWarnings("removal")
    private InstanceContainer meadow() {
        InstanceContainer meadow = MinecraftServer.getInstanceManager().createInstanceContainer();
        meadow.setGenerator(new Meadow());
        meadow.setChunkSupplier(LightingChunk::new);
        if (options.world() != null) {
            meadow.setChunkLoader(new AnvilLoader(options.world()));
            MinecraftServer.getSchedulerManager().buildShutdownTask(() -> save(meadow));
        }
        // Set anew now and then instead of stopping the clock: that is said differently by each version of the library.
        MinecraftServer.getSchedulerManager().scheduleTask(
            () -> meadow.setTime(NOON),
            TaskSchedule.immediate(),
            TaskSchedule.minutes(1)
        );
        return meadow;
    }

    /** Says so on standard output: the logging library closes itself when the process is told to end. */
    private static void save(InstanceContainer meadow) {
        meadow.saveChunksToStorage().join();
        System.out.printf("SAVED chunks=%d%n", meadow.getChunks().size());
    }

    private void welcome(GlobalEventHandler events, InstanceContainer meadow) {
        events.addListener(AsyncPlayerConfigurationEvent.class, event -> {
            event.setSpawningInstance(meadow);
            event.getPlayer().setRespawnPoint(SPAWN);
        });
        answerPings(events);
        events.addListener(PlayerSpawnEvent.class, event -> {
            Player player = event.getPlayer();
            if (!event.isFirstSpawn()) {
                return;
            }
            player.setGameMode(GameMode.CREATIVE);
            player.sendMessage(
                Component.text("Welcome to the demo world, ", NamedTextColor.GREEN)
                    .append(Component.text(player.getUsername(), NamedTextColor.GOLD))
                    .append(
                        Component.text(
                            ". Walk, build, chat: " +
                                (options.world() == null ? "nothing is kept." : "what you build is kept.")
                        )
                    )
            );
            log.info(
                "player joined player={} uuid={} address={}",
                player.getUsername(),
                player.getUuid(),
                player.getPlayerConnection().getRemoteAddress()
            );
        });
        events.addListener(PlayerChatEvent.class, event ->
            log.info("player chatted player={}", event.getPlayer().getUsername())
        );
        events.addListener(PlayerDisconnectEvent.class, event ->
            log.info("player left player={}", event.getPlayer().getUsername())
        );
    }

    private void answerPings(GlobalEventHandler events) {
        String json = options.status();
        if (json == null) {
            events.addListener(ServerListPingEvent.class, event -> event.setStatus(status()));
        } else {
            MinecraftServer.getPacketListenerManager().setListener(
                ConnectionState.STATUS,
                StatusRequestPacket.class,
                (_, connection) -> connection.sendPacket(new ResponsePacket(json))
            );
        }
    }

    private static Status status() {
        int players = MinecraftServer.getConnectionManager().getOnlinePlayerCount();
        return Status.builder()
            .description(Component.text("Nightporter's demo world", NamedTextColor.GOLD))
            .playerInfo(players, MOST_PLAYERS)
            .build();
    }

    private static void exitAtEndOfInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            // A broken input is an ended input.
        }
        System.exit(0);
    }

    private static void quietLogging() {
        try (InputStream settings = DemoWorld.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
