package io.nightporter.protocol.packet;

import java.util.Optional;

/** A property of a player's profile as the session server gave it, such as the signed skin {@code textures}. */
public record ProfileProperty(String name, String value, Optional<String> signature) {}
