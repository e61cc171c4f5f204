package io.nightporter.cli.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where something is in the API. Names may contain anything: they are written so that they stay one part of the path. */
public final class ApiPath {

    private final String path;
    private final String query;

    private ApiPath(String path, String query) {
        this.path = path;
        this.query = query;
    }

    /** Such as {@code of("servers", "survival", "start")}. */
    public static ApiPath of(String... segments) {
        var path = new StringBuilder("/api");
        for (String segment : segments) {
            path.append('/').append(encoded(segment));
        }
        return new ApiPath(path.toString(), "");
    }

    /** The same with a parameter, unless its value is null. */
    public ApiPath with(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        String parameter = encoded(name) + "=" + encoded(value.toString());
        return new ApiPath(path, query + (query.isEmpty() ? "?" : "&") + parameter);
    }

    private static String encoded(String text) {
        String written = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        // Clients and servers take these for steps in the tree.
        return written.equals(".") || written.equals("..") ? written.replace(".", "%2E") : written;
    }

    @Override
    public String toString() {
        return path + query;
    }
}
