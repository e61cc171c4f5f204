package io.nightporter.e2e.fleet;

import io.nightporter.e2e.GameVersion;
import io.nightporter.e2e.Workplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A Docker image of the demo world, made here and without a registry: a JDK as small as it goes, the libraries of this machine
 * that it needs, busybox and the world. It listens on port 25565, keeps its world in {@code /data}, saves it at SIGTERM, and
 * reads its heap from {@code MEMORY} (such as {@code 256m}) and further options of the world from {@code WORLD_OPTIONS} and
 * from the container's command.
 */
public final class GameImage {

    private static final String MODULES = String.join(
        ",",
        "java.base",
        "java.logging",
        "java.management",
        "java.naming",
        "java.net.http",
        "java.sql",
        "java.desktop",
        "jdk.unsupported"
    );

    /** One who saves at SIGTERM has to be the container's first process. */
    private static final String START = """
    #!/bin/sh
    exec /jre/bin/java -Xmx${MEMORY:-256m} -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \\
        --sun-misc-unsafe-memory-access=allow -Dminestom.chunk-view-distance=2 \\
        -jar /game/world.jar --bind 0.0.0.0 --port 25565 --world /data/world $WORLD_OPTIONS "$@"
    """;

    private static final String RUNTIME = """
    rm -rf "$2"
    "$1/bin/jlink" --add-modules "$3" --no-header-files --no-man-pages --strip-java-debug-attributes --output "$2"
    """;

    private static final String ROOT = """
    root=$1 runtime=$2 jar=$3 start=$4
    rm -rf "$root"
    mkdir -p "$root/bin" "$root/tmp" "$root/data" "$root/etc" "$root/game"
    cp -a "$runtime" "$root/jre"
    find "$root/jre" -name java -o -name '*.so' | while read file; do ldd "$file" || true; done |
        grep -o '/[^ ]*' | grep -v "^$runtime" | grep -v "^$root" | grep '^/.*\\.so' | sort -u |
        while read library; do cp -L --parents "$library" "$root"; done
    cp "$(command -v busybox)" "$root/bin/busybox"
    for name in $(busybox --list); do [ $name = busybox ] || ln -s busybox "$root/bin/$name"; done
    cp "$jar" "$root/game/world.jar"
    cp -r "$(dirname "$jar")/lib" "$root/game/lib"
    install -m 755 "$start" "$root/start"
    """;

    private static final String IMAGE = """
    tar -C "$1" -c . | docker -H "$2" import --change 'ENTRYPOINT ["/start"]' --change 'WORKDIR /data' \\
        --change 'EXPOSE 25565' --change 'ENV PATH=/bin' - "$3"
    docker -H "$2" save -o "$4.part" "$3"
    mv "$4.part" "$4"
    rm -rf "$1"
    """;

    private static final Path FOLDER = Workplace.sharedFolder("images");

    private GameImage() {}

    /**
     * Sees to it that a node has the image.
     *
     * @return its name and tag
     */
    public static synchronized String on(DockerNode node, GameVersion.World world) {
        String name = "nightporter-world:" + world.version();
        Path jar = Workplace.jar(world.module(), world.artifact());
        Path saved = FOLDER.resolve("world-" + world.version() + ".tar");
        // Other processes may run tests that want it, too.
        try (
            FileChannel channel = FileChannel.open(
                FOLDER.resolve("lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE
            );
            FileLock _ = channel.lock()
        ) {
            if (isOlder(saved, jar)) {
                make(node, name, jar, saved);
            } else if (node.docker("images", "-q", name).isEmpty()) {
                node.docker("load", "-i", saved.toString());
            }
            return name;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The image of the newest version. */
    public static String on(DockerNode node) {
        return on(node, GameVersion.World.V26_2);
    }

    private static boolean isOlder(Path file, Path source) {
        try {
            return (
                !Files.exists(file) || Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(source)) < 0
            );
        } catch (IOException e) {
            throw new UncheckedIOException("the demo world is not built", e);
        }
    }

    private static void make(DockerNode node, String name, Path jar, Path saved) {
        Needed.programs("the image of the demo world", "busybox", "ldd", "tar");
        Path jdk = Path.of(System.getProperty("java.home"));
        Path runtime = FOLDER.resolve("runtime-" + Runtime.version());
        if (!Files.exists(runtime.resolve("bin/java"))) {
            Shell.script(RUNTIME, jdk, runtime, MODULES);
        }
        try {
            Path start = Files.writeString(FOLDER.resolve("start"), START);
            Path root = FOLDER.resolve("root");
            Shell.script(ROOT, root, runtime, jar, start);
            Shell.script(IMAGE, root, node.socket(), name, saved);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
