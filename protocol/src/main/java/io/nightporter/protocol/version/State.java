package io.nightporter.protocol.version;

/** The five states that a connection can be in; each has packet ids of its own. */
public enum State {
    HANDSHAKE,
    STATUS,
    LOGIN,
    CONFIGURATION,
    PLAY,
}
