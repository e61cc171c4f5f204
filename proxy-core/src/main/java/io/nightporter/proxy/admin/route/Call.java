package io.nightporter.proxy.admin.route;

import io.nightporter.proxy.admin.access.Caller;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request, after everything about it was checked that can be checked without knowing what it is for.
 *
 * @param caller null only where {@link Rule#ANYBODY} may ask
 * @param path what stands in the place of the template's braces
 * @param query what is behind the question mark, declared names only
 * @param headers the few that handlers ask for, by their names in lower case
 * @param text the body; empty: there is none
 * @param body read into the route's record; null: there is none
 */
public record Call(
    @Nullable Caller caller,
    Map<String, String> path,
    Map<String, String> query,
    Map<String, String> headers,
    String text,
    @Nullable Object body
) {
    /** Of a route that needs a token. */
    public Caller who() {
        if (caller == null) {
            throw new IllegalStateException("the route needs no token");
        }
        return caller;
    }

    /** What stands in the place of {@code {variable}}. */
    public String at(String variable) {
        String value = path.get(variable);
        if (value == null) {
            throw new IllegalStateException("the route has no " + variable);
        }
        return value;
    }

    public Optional<String> text(String parameter) {
        return Optional.ofNullable(query.get(parameter));
    }

    /** A declared number, which was checked before. */
    public int number(String parameter, int otherwise) {
        String value = query.get(parameter);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    public boolean is(String parameter, boolean otherwise) {
        String value = query.get(parameter);
        return value == null ? otherwise : value.equals("true");
    }

    /** The body of a route that requires one. */
    public <T> T body(Class<T> type) {
        if (body == null) {
            throw new IllegalStateException("the route requires no body");
        }
        return type.cast(body);
    }
}
