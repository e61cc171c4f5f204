package io.nightporter.proxy.forwarding;

import io.nightporter.protocol.packet.ProfileProperty;
import io.nightporter.proxy.auth.ClientIp;
import io.nightporter.proxy.auth.GameProfile;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * BungeeCord's way to tell a server who the player is: in the address of the handshake, parted by NUL. Servers believe
 * whoever can reach them; with BungeeGuard they believe whoever knows the token.
 *
 * <p>The properties are always written, as {@code []} where there are none, since servers take three parts or four. A
 * signature that is not there is left out.
 */
public final class LegacyForwarding {

    /** How Forge 1.8 … 1.12 marks its address. */
    private static final String FORGE_LEGACY_MARKER = "\0FML\0";

    private static final char NUL = '\0';
    private static final JsonMapper JSON = JsonMapper.shared();

    private LegacyForwarding() {}

    /**
     * The address for {@code forwarding: legacy}.
     *
     * @param host the hostname that the player used, without NUL and what followed it
     * @param forgeMarker what followed, with its NULs; empty for clients without Forge
     * @param clientIp where the player comes from
     */
    public static String address(String host, String forgeMarker, InetAddress clientIp, GameProfile profile) {
        return join(host, clientIp, profile, properties(profile, forgeMarker));
    }

    /**
     * The address for {@code forwarding: bungeeguard}, where one more property carries the token. It holds a secret:
     * never log it.
     */
    public static String addressWithToken(
        String host,
        String forgeMarker,
        InetAddress clientIp,
        GameProfile profile,
        String token
    ) {
        List<ProfileProperty> properties = properties(profile, forgeMarker);
        properties.add(new ProfileProperty("bungeeguard-token", token, Optional.of("")));
        return join(host, clientIp, profile, properties);
    }

    /**
     * The marker's place in the address is taken by the player's data, so it travels as BungeeCord lets it travel: in
     * properties that Forge servers look for and others ignore, with U+0001 instead of NUL.
     */
    private static List<ProfileProperty> properties(GameProfile profile, String forgeMarker) {
        List<ProfileProperty> properties = new ArrayList<>(profile.properties());
        if (forgeMarker.startsWith(FORGE_LEGACY_MARKER)) {
            properties.add(new ProfileProperty("forgeClient", "true", Optional.of("")));
        }
        if (!forgeMarker.isEmpty()) {
            properties.add(new ProfileProperty("extraData", forgeMarker.replace(NUL, '\1'), Optional.of("")));
        }
        return properties;
    }

    private static String join(
        String host,
        InetAddress clientIp,
        GameProfile profile,
        List<ProfileProperty> properties
    ) {
        String id = profile.id().toString().replace("-", "");
        return host + NUL + ClientIp.text(clientIp) + NUL + id + NUL + json(properties);
    }

    private static String json(List<ProfileProperty> properties) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (ProfileProperty property : properties) {
            ObjectNode object = array.addObject().put("name", property.name()).put("value", property.value());
            property.signature().ifPresent(signature -> object.put("signature", signature));
        }
        return JSON.writeValueAsString(array);
    }
}
