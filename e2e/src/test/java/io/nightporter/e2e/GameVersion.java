package io.nightporter.e2e;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version that a real client speaks.
 *
 * @param name as the client libraries name it
 * @param world the Minestom world of this version; null: there is none, the stand-in server plays it
 */
public record GameVersion(String name, int protocol, @Nullable World world) {
    /** All that mineflayer names as tested, and 1.7.10, which node-minecraft-protocol alone speaks. */
    static final List<GameVersion> ALL = List.of(
        new GameVersion("1.7", 5, null),
        new GameVersion("1.8.8", 47, null),
        new GameVersion("1.9.4", 110, null),
        new GameVersion("1.10.2", 210, null),
        new GameVersion("1.11.2", 316, null),
        new GameVersion("1.12.2", 340, null),
        new GameVersion("1.13.2", 404, null),
        new GameVersion("1.14.4", 498, null),
        new GameVersion("1.15.2", 578, null),
        new GameVersion("1.16.5", 754, null),
        new GameVersion("1.17.1", 756, null),
        new GameVersion("1.18.2", 758, null),
        new GameVersion("1.19", 759, null),
        new GameVersion("1.19.2", 760, null),
        new GameVersion("1.19.3", 761, null),
        new GameVersion("1.19.4", 762, null),
        new GameVersion("1.20.1", 763, null),
        new GameVersion("1.20.2", 764, null),
        new GameVersion("1.20.4", 765, null),
        new GameVersion("1.20.6", 766, null),
        new GameVersion("1.21.1", 767, null),
        new GameVersion("1.21.3", 768, null),
        new GameVersion("1.21.4", 769, null),
        new GameVersion("1.21.5", 770, null),
        new GameVersion("1.21.6", 771, null),
        new GameVersion("1.21.8", 772, World.V1_21_8),
        new GameVersion("1.21.9", 773, null),
        new GameVersion("1.21.11", 774, World.V1_21_11),
        new GameVersion("26.1", 775, World.V26_1)
    );

    /** The demo world, as built for several game versions. */
    public enum World {
        V1_21_8("1.21.8", "e2e/minestom/1.21.8", "demo-world-1.21.8"),
        V1_21_11("1.21.11", "e2e/minestom/1.21.11", "demo-world-1.21.11"),
        V26_1("26.1.2", "e2e/minestom/26.1.2", "demo-world-26.1.2"),
        V26_2("26.2", "demo-world", "demo-world");

        final String version;
        final String module;
        final String artifact;

        World(String version, String module, String artifact) {
            this.version = version;
            this.module = module;
            this.artifact = artifact;
        }

        public String version() {
            return version;
        }

        /** Its folder in the sources. */
        public String module() {
            return module;
        }

        /** The name of its jar, without the version. */
        public String artifact() {
            return artifact;
        }
    }

    public static GameVersion named(String name) {
        return ALL.stream()
            .filter(version -> version.name.equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no client of " + name));
    }

    /** mineflayer begins at 1.8. */
    boolean hasMineflayer() {
        return protocol >= 47;
    }

    /** Modern forwarding needs login plugin messages, which 1.13 brought. */
    boolean hasModernForwarding() {
        return protocol >= 393;
    }

    /** flying-squid plays the versions from 1.8.8 to 1.21.4 that there are clients for. */
    boolean hasFlyingSquid() {
        return protocol >= 47 && protocol <= 769;
    }

    /** From 1.19.3 on a client presents its key after the login, so that a test can make one. */
    boolean hasChatSessions() {
        return protocol >= 761;
    }

    /** A part of player names and file names. */
    String slug() {
        return name.replace('.', '_');
    }

    @Override
    public String toString() {
        return name;
    }
}
