package io.nightporter.proxy.auth;

import io.nightporter.protocol.packet.ProfileProperty;
import java.util.List;
import java.util.UUID;

/** Who a player is: as the session server says in online mode, as the name says in offline mode. */
public record GameProfile(UUID id, String name, List<ProfileProperty> properties) {}
