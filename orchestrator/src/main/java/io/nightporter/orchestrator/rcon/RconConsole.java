package io.nightporter.orchestrator.rcon;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.fleet.ServerConsole;
import io.nightporter.orchestrator.model.Rcon;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;

/** Consoles by RCON: a connection for each command, and the password read anew, so that it can be changed. */
public final class RconConsole implements ServerConsole {

    /** A world may take a while to be saved. Half a minute with the connection, as {@link ServerConsole} promises. */
    private static final Duration ALL = Duration.ofSeconds(25);

    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final int LONGEST_FILE = 4_096;

    private final Path folder;
    private final Duration timeout;

    /** @param folder to which the password files' paths are relative */
    public RconConsole(Path folder) {
        this(folder, ALL);
    }

    RconConsole(Path folder, Duration timeout) {
        this.folder = folder;
        this.timeout = timeout;
    }

    @Override
    public String type(HostAndPort address, Rcon rcon, String command) throws IOException {
        if (
            command.chars().anyMatch(Character::isISOControl) ||
            command.getBytes(StandardCharsets.UTF_8).length > RconClient.LONGEST_TEXT
        ) {
            throw new RconException(
                "A command for a console is one line of at most " + RconClient.LONGEST_TEXT + " bytes",
                "Divide it.",
                null
            );
        }
        String password = password(rcon);
        Duration connecting = timeout.compareTo(CONNECTING) < 0 ? timeout : CONNECTING;
        try (RconClient client = RconClient.open(address, password, connecting, timeout)) {
            return client.type(command);
        } catch (RconException e) {
            throw e;
        } catch (IOException e) {
            throw new RconException(
                "The connection to the console at " + address + " broke: " + e.getMessage(),
                "Look into the server's log; it may be stopping.",
                e
            );
        }
    }

    private String password(Rcon rcon) throws RconException {
        String first;
        try (InputStream in = Files.newInputStream(folder.resolve(rcon.passwordFile()))) {
            // Whatever it is: it may be a device, or the wrong file.
            String text = new String(in.readNBytes(LONGEST_FILE), StandardCharsets.UTF_8);
            first = text.lines().findFirst().orElse("").strip();
        } catch (IOException | InvalidPathException e) {
            throw new RconException(
                "The password file " + rcon.passwordFile() + " cannot be read (" + e.getClass().getSimpleName() + ")",
                "Make it with the rcon.password of the server in its first line, readable for Nightporter.",
                e
            );
        }
        if (first.isEmpty() || first.getBytes(StandardCharsets.UTF_8).length > RconClient.LONGEST_TEXT) {
            throw new RconException(
                "The password file " + rcon.passwordFile() + " has no password in its first line",
                "Write the rcon.password of the server there.",
                null
            );
        }
        return first;
    }
}
