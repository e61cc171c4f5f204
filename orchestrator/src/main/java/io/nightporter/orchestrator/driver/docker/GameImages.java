package io.nightporter.orchestrator.driver.docker;

import io.nightporter.orchestrator.driver.BadDefinitionException;
import io.nightporter.orchestrator.driver.InstanceSpec;
import io.nightporter.orchestrator.model.Workload;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the image itzg/minecraft-server is told by its environment, where the definition does not say otherwise: the heap
 * ({@code MEMORY}, otherwise 1 GB whatever the container may use) and the port ({@code SERVER_PORT}). Its documentation has
 * them. That somebody agrees to the EULA is never assumed.
 */
final class GameImages {

    private static final Pattern ITZG = Pattern.compile("(?:[^/]+/)?itzg/minecraft-server(?:[:@].*)?");
    private static final Set<String> HEAP = Set.of("MEMORY", "MAX_MEMORY", "INIT_MEMORY", "JVM_XX_OPTS");
    private static final long MEBI = 1024 * 1024;

    private GameImages() {}

    static void check(InstanceSpec spec, Workload.Image image) throws BadDefinitionException {
        if (itzg(image) && !"true".equals(image.env().getOrDefault("EULA", "").toLowerCase(Locale.ROOT))) {
            throw new BadDefinitionException(
                "the server " +
                    spec.server() +
                    " does not say that you agree to Minecraft's EULA, without which its image does not start",
                "If you do (https://aka.ms/MinecraftEULA), write `env: { EULA: \"TRUE\" }`.",
                null
            );
        }
    }

    static Map<String, String> env(InstanceSpec spec, Workload.Image image) {
        Map<String, String> env = new TreeMap<>(image.env());
        if (!itzg(image)) {
            return env;
        }
        Long memory = spec.resources().memoryBytes();
        if (memory != null && env.keySet().stream().noneMatch(HEAP::contains)) {
            // A quarter for what a JVM uses beside its heap.
            env.put("MEMORY", ((memory / 4) * 3) / MEBI + "M");
        }
        if (image.gamePort() != Workload.MINECRAFT_PORT) {
            env.putIfAbsent("SERVER_PORT", String.valueOf(image.gamePort()));
        }
        return env;
    }

    private static boolean itzg(Workload.Image image) {
        return ITZG.matcher(image.image()).matches();
    }
}
