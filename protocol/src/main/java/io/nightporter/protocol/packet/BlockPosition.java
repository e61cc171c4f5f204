package io.nightporter.protocol.packet;

/** A block. On the wire x and z have 26 bits and y has 12, all signed. */
public record BlockPosition(int x, int y, int z) {}
