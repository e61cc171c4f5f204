package io.nightporter.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.packet.PacketType;
import io.nightporter.protocol.packet.PacketTypes;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.voidworld.Held;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the client holds of registries, tags and features: what the last complete pass of configuration brought, and what
 * has come in the one that is under way. Since 1.20.2.
 */
public final class HeldConfiguration {

    private static final String TAGS = "UpdateTags";
    private static final Set<String> COUNTED = Set.of("RegistryData", TAGS, "FeatureFlags");

    private byte @Nullable [] digest;
    private List<String> dimensionTypes = List.of();
    private Held held = Held.NOTHING;
    private @Nullable MessageDigest running;

    /** Whether a packet of this name says something that is to be kept here. */
    public static boolean concerns(String name) {
        return COUNTED.contains(name);
    }

    /** A new pass begins: what was sent before may be sent again. */
    public void passBegins() {
        held = Held.NOTHING;
        running = null;
    }

    /**
     * Something was told to the client in this pass.
     *
     * @param body behind the id; not consumed
     */
    public void told(ProtocolVersion version, String name, ByteBuf body) {
        if (!concerns(name)) {
            return;
        }
        if (running == null) {
            running = sha256();
        }
        update(running, name, body);
        PacketType<?> type = PacketTypes.find(Direction.CLIENTBOUND, name);
        if (type != null) {
            Packet packet = PacketCodec.decode(version, type, body.duplicate());
            held = held.and(packet);
        }
    }

    /** The client was told the void world and nothing else, which no server tells. */
    public void toldVoidWorld(List<String> types) {
        held = new Held(Set.of(""), types, true, true);
        running = null;
    }

    /** The client was told of the void world what it did not hold. */
    public void toldRest(List<String> types) {
        List<String> all = held.dimensionTypes().isEmpty() ? types : held.dimensionTypes();
        held = new Held(held.registries().isEmpty() ? Set.of("") : held.registries(), all, true, true);
        running = null;
    }

    /** The pass is over. A pass without registries leaves those of before in force. */
    public void passEnds() {
        if (!held.registries().isEmpty()) {
            dimensionTypes = held.dimensionTypes();
            digest = running == null ? null : running.digest();
        } else if (running != null) {
            // New tags on old registries: nothing that a server would tell all at once.
            digest = null;
        }
        running = null;
    }

    /** What was sent in the pass that is under way. */
    public Held held() {
        return held;
    }

    /** The dimension types in the order that gives them their numbers. */
    public List<String> dimensionTypes() {
        return dimensionTypes;
    }

    /** Whether a server that tells this tells the client nothing new. */
    public boolean isSameAs(byte[] told) {
        return digest != null && MessageDigest.isEqual(digest, told);
    }

    /** Adds a packet to the digest of what a server tells. */
    public static void update(MessageDigest digest, String name, ByteBuf body) {
        if (concerns(name)) {
            digest.update((byte) name.charAt(0));
            digest.update((byte) body.readableBytes());
            digest.update((byte) (body.readableBytes() >> 8));
            digest.update((byte) (body.readableBytes() >> 16));
            if (name.equals(TAGS)) {
                TagDigest.update(digest, body);
            } else {
                digest.update(body.nioBuffer());
            }
        }
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
