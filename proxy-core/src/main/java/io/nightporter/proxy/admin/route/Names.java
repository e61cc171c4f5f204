package io.nightporter.proxy.admin.route;

import io.nightporter.proxy.config.Spelling;
import java.util.Collection;

/** Sentences about names that somebody wrote. */
public final class Names {

    private static final int SHOWN = 64;

    private Names() {}

    /** As it may stand in a sentence, however long it is. */
    public static String quoted(String written) {
        String cut = written.length() > SHOWN ? written.substring(0, SHOWN) + "…" : written;
        return "\"" + cut.replaceAll("\\p{Cntrl}", "?") + "\"";
    }

    /**
     * There is nothing of that name.
     *
     * @param what such as {@code server}
     * @param known those that the caller may know of
     */
    public static ApiException unknown(String what, String written, Collection<String> known) {
        String near = Spelling.closest(written, known);
        return ApiException.notFound(
            "There is no " + what + " " + quoted(written) + "." + (near == null ? "" : " Did you mean " + near + "?")
        );
    }
}
