package io.nightporter.proxy.admin.route;

/** A request that is not done as it was asked. Has no stack trace: whoever asks wrongly causes as many as they like. */
public final class ApiException extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Object body;

    /** The body of every error. */
    public record ErrorBody(
        @Doc("A word in snake_case for programs.") String error,
        @Doc("A sentence that says what to do.") String message
    ) {}

    /** @param body what is sent, with the keys {@code error} and {@code message} at least */
    public ApiException(int status, String message, Object body) {
        super(message, null, false, false);
        this.status = status;
        this.body = body;
    }

    public ApiException(int status, String error, String message) {
        this(status, message, new ErrorBody(error, message));
    }

    public int status() {
        return status;
    }

    public Object body() {
        return body;
    }

    /** What was sent makes no sense. */
    public static ApiException badRequest(String message) {
        return new ApiException(400, "bad_request", message);
    }

    /** There is nothing of that name, or nothing that the caller may know of. */
    public static ApiException notFound(String message) {
        return new ApiException(404, "not_found", message);
    }

    /** The token is good, but not for this. */
    public static ApiException forbidden(String message) {
        return new ApiException(403, "forbidden", message);
    }

    /** It cannot be done, as things are. */
    public static ApiException refused(String message) {
        return new ApiException(409, "refused", message);
    }
}
