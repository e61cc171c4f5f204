package io.nightporter.cli.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Looks for Nightporter and for the token: in the options, in the environment, and in the file that Nightporter keeps for
 * those who use the same machine.
 */
public final class AccessFinder {

    static final String TOKEN_FILE = "admin.token";

    /** What may stand in a header. Anything else would come back in an exception's message. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,512}");

    private final Map<String, String> environment;
    private final Path here;

    /** @param here the folder that relative paths mean */
    public AccessFinder(Map<String, String> environment, Path here) {
        this.environment = environment;
        this.here = here;
    }

    /**
     * @param url null: not given
     * @param tokenFile null: not given
     * @param configuration the configuration file of the Nightporter that is meant; null: not given
     * @throws ApiException when a file cannot be read that was asked for, or that is there
     * @throws IllegalArgumentException when the address is none
     */
    public Access find(@Nullable String url, @Nullable Path tokenFile, @Nullable Path configuration)
        throws ApiException {
        Settings settings = configuration == null ? Settings.NONE : settings(here.resolve(configuration));
        String typed = url == null ? environment.get("NIGHTPORTER_URL") : url;
        URI base = typed != null && !typed.isBlank() ? Access.base(typed) : settings.base();
        if (tokenFile != null) {
            Path file = here.resolve(tokenFile);
            String token = read(file);
            if (token == null) {
                throw new ApiException(ApiException.Reason.NOT_ALLOWED, "there is no file " + tokenFile);
            }
            return new Access(base, token, tokenFile.toString());
        }
        String given = environment.get("NIGHTPORTER_TOKEN");
        if (given != null && !given.isBlank()) {
            return new Access(base, checked(given, "NIGHTPORTER_TOKEN"), "NIGHTPORTER_TOKEN");
        }
        return fromDataDirectory(base, settings.dataDir());
    }

    private Access fromDataDirectory(URI base, @Nullable Path dataDir) throws ApiException {
        if (dataDir != null) {
            return fromFiles(base, dataDir.resolve(TOKEN_FILE));
        }
        String named = environment.get("NIGHTPORTER_DATA");
        Path there = named == null || named.isBlank() ? null : here.resolve(named).resolve(TOKEN_FILE);
        // What lies around here is for this machine: it is not shown to another one.
        if (Access.local(base)) {
            Path file = here.resolve(TOKEN_FILE);
            return there == null ? fromFiles(base, file) : fromFiles(base, file, there);
        }
        return there == null ? new Access(base, null, "") : fromFiles(base, there);
    }

    private static Access fromFiles(URI base, Path... files) throws ApiException {
        for (Path file : files) {
            String token = read(file);
            if (token != null) {
                return new Access(base, token, file.toString());
            }
        }
        return new Access(base, null, "");
    }

    /** The token in a file; null: there is no such file. */
    private static @Nullable String read(Path file) throws ApiException {
        try {
            return checked(Files.readString(file), file.toString());
        } catch (NoSuchFileException _) {
            return null;
        } catch (AccessDeniedException _) {
            throw new ApiException(
                ApiException.Reason.NOT_ALLOWED,
                "the token in " +
                    file +
                    " is for another user; run this as the user that Nightporter runs as, " +
                    "or name a file of your own with --token-file"
            );
        } catch (IOException _) {
            throw new ApiException(ApiException.Reason.NOT_ALLOWED, "the file " + file + " cannot be read as a token");
        }
    }

    private static String checked(String text, String origin) throws ApiException {
        String token = text.strip();
        if (!TOKEN.matcher(token).matches()) {
            throw new ApiException(
                ApiException.Reason.NOT_ALLOWED,
                origin +
                    " has no token in it; a token is one line such as np_... and is made by `nightporter tokens create`"
            );
        }
        return token;
    }

    /**
     * What a configuration file says of the way in.
     *
     * @param dataDir null: no file was named
     */
    private record Settings(URI base, @Nullable Path dataDir) {
        static final Settings NONE = new Settings(Access.USUAL, null);
    }

    private static Settings settings(Path file) throws ApiException {
        try {
            Object tree = new Load(LoadSettings.builder().setLabel(file.toString()).build()).loadFromString(
                Files.readString(file)
            );
            Map<?, ?> keys = tree instanceof Map<?, ?> map ? map : Map.of();
            Path folder = file.toAbsolutePath().getParent();
            Object named = keys.get("dataDir");
            Path dataDir = folder == null ? file : folder;
            Object listen = keys.get("admin") instanceof Map<?, ?> admin ? admin.get("listen") : null;
            return new Settings(
                listen == null ? Access.USUAL : reachable(listen.toString()),
                named == null ? dataDir : dataDir.resolve(named.toString())
            );
        } catch (IOException _) {
            throw new ApiException(ApiException.Reason.REFUSED, "the configuration file " + file + " cannot be read");
        } catch (YamlEngineException | IllegalArgumentException _) {
            throw new ApiException(
                ApiException.Reason.REFUSED,
                "the configuration file " + file + " is wrong; see `nightporter config check " + file + "`"
            );
        }
    }

    /** Where one reaches what listens there: who listens everywhere listens here, too. */
    private static URI reachable(String listen) {
        String address = listen
            .replaceFirst("^(0\\.0\\.0\\.0|\\*)(?=:|$)", "127.0.0.1")
            .replaceFirst("^\\[::](?=:|$)", "[::1]");
        boolean ported = address.matches(".*[^:\\]]:\\d+|\\[.*]:\\d+");
        return Access.base("http://" + (ported ? address : address + ":8080"));
    }
}
