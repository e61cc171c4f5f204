package io.nightporter.proxy.admin.route;

/** What is answered. */
public sealed interface Reply {
    /** @param body a record of the kind that the route declares for the status, written as JSON */
    record Json(int status, Object body) implements Reply {}

    /** An answer that goes on, with events as they happen. */
    record Stream(EventSource source) implements Reply {}

    /** It is so. */
    static Json ok(Object body) {
        return new Json(200, body);
    }
}
