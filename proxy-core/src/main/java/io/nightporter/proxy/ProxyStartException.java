package io.nightporter.proxy;

/** The proxy cannot start; the message tells the operator why and what to do. */
public final class ProxyStartException extends Exception {

    public ProxyStartException(String message) {
        super(message);
    }
}
