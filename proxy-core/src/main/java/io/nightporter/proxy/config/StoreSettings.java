package io.nightporter.proxy.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The database for what must be remembered of the fleet.
 *
 * @param url {@code sqlite:FILE}, relative to the data directory, or {@code postgresql://HOST/DATABASE?user=…}; with the
 *     password if there is one, so it must never be shown: see {@link #shown()}
 */
public record StoreSettings(String url) {
    static final String DEFAULT = "sqlite:nightporter.db";

    private static final String SQLITE = "sqlite:";
    private static final String POSTGRESQL = "postgresql:";
    private static final Pattern PASSWORD_PARAMETER = Pattern.compile("[?&]password=");
    private static final Pattern FILE_PARAMETER = Pattern.compile("[?&]passwordFile=([^&]*)");

    static final ValueType<StoreSettings> TYPE = Values.pattern(
        "^(sqlite:|postgresql:)",
        "`sqlite:FILE` or `postgresql://host/database?user=…`",
        (text, place) -> read(text, place)
    );

    static final ValueType<Secret> PASSWORD = Values.word("file", ReferencedFiles::password);

    static StoreSettings of(Section store) {
        StoreSettings settings = store.value(Keys.STORE_URL);
        Secret password = store.optional(Keys.STORE_PASSWORD_FILE);
        if (password == null) {
            return settings;
        }
        if (!settings.postgresql()) {
            store.error(
                Keys.STORE_PASSWORD_FILE,
                "SQLite has no password; remove the key, or name a PostgreSQL database"
            );
        } else if (PASSWORD_PARAMETER.matcher(settings.url).find()) {
            store.error(Keys.STORE_PASSWORD_FILE, "the url names a password already; leave one of them out");
        }
        return settings.withPassword(password);
    }

    /** Whether the records are in PostgreSQL; otherwise they are in a file. */
    public boolean postgresql() {
        return url.startsWith(POSTGRESQL);
    }

    /** The database without everything that may be secret. */
    public String shown() {
        return url.replaceFirst("\\?.*", "");
    }

    @Override
    public String toString() {
        return "StoreSettings[" + shown() + "]";
    }

    private StoreSettings withPassword(Secret password) {
        String parameter = "password=" + URLEncoder.encode(password.text(), StandardCharsets.UTF_8).replace("+", "%20");
        return new StoreSettings(url + (url.indexOf('?') < 0 ? "?" : "&") + parameter);
    }

    private static StoreSettings read(String text, Place place) {
        if (text.startsWith(SQLITE)) {
            if (text.substring(SQLITE.length()).replaceFirst("\\?.*", "").isBlank()) {
                throw new IllegalArgumentException("names no file; write one, such as " + DEFAULT);
            }
            return new StoreSettings(text);
        }
        if (!text.startsWith(POSTGRESQL)) {
            // Not quoted: whoever wrote it may have put a password into it.
            throw new IllegalArgumentException(
                "must begin with sqlite: or postgresql:, such as " +
                    DEFAULT +
                    " or postgresql://host/database?user=nightporter"
            );
        }
        return postgresql(text, place);
    }

    private static StoreSettings postgresql(String text, Place place) {
        Matcher file = FILE_PARAMETER.matcher(text);
        String url = file.replaceFirst("").replaceFirst("^([^?&]*)&", "$1?");
        requireAddress(url);
        if (PASSWORD_PARAMETER.matcher(url).find()) {
            place.warning(
                place.line(),
                "the password stands in the configuration; put it into a file and write passwordFile= instead of password="
            );
        }
        file.reset();
        if (!file.find()) {
            return new StoreSettings(url);
        }
        return new StoreSettings(url).withPassword(ReferencedFiles.password(file.group(1), place));
    }

    private static void requireAddress(String url) {
        String form = "must look like postgresql://host/database?user=nightporter";
        URI uri;
        try {
            uri = new URI(url.replaceFirst("\\?.*", ""));
        } catch (URISyntaxException _) {
            throw new IllegalArgumentException(form);
        }
        if (uri.getRawAuthority() != null && uri.getRawAuthority().indexOf('@') >= 0) {
            throw new IllegalArgumentException(
                "the user stands behind the question mark: postgresql://host/database?user=nightporter&passwordFile=store.secret"
            );
        }
        if (uri.getRawAuthority() == null || uri.getPath() == null || uri.getPath().length() < 2) {
            throw new IllegalArgumentException(form);
        }
    }
}
