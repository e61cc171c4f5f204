package io.nightporter.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.packet.RegistryData;
import io.nightporter.protocol.version.ProtocolVersion;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the client holds of registries, tags and features: what the last complete pass of configuration brought, and what
 * has come in the one that is under way. Since 1.20.2.
 */
public final class HeldConfiguration {

    /** Until 1.20.4 all registries come in one packet, and dimension types are known by name. */
    private static final int REGISTRIES_APART = 766;
    private static final String DIMENSION_TYPES = "minecraft:dimension_type";
    private static final Set<String> COUNTED = Set.of("RegistryData", "UpdateTags", "FeatureFlags");

    private byte @Nullable [] digest;
    private List<String> dimensionTypes = List.of();
    private final Set<String> registries = new LinkedHashSet<>();
    private boolean tags;
    private boolean features;
    private @Nullable MessageDigest running;

    /** Whether a packet of this name says something that is to be kept here. */
    static boolean concerns(String name) {
        return COUNTED.contains(name);
    }

    /** A new pass begins: what was sent before may be sent again. */
    public void passBegins() {
        registries.clear();
        tags = false;
        features = false;
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
        switch (name) {
            case "UpdateTags" -> tags = true;
            case "FeatureFlags" -> features = true;
            default -> registry(version, body);
        }
    }

    private void registry(ProtocolVersion version, ByteBuf body) {
        if (version.number() < REGISTRIES_APART) {
            registries.add("");
            return;
        }
        RegistryData data = PacketCodec.decode(version, RegistryData.TYPE, body.duplicate());
        registries.add(data.registry());
        if (data.registry().equals(DIMENSION_TYPES)) {
            dimensionTypes = data.entries().stream().map(RegistryData.Entry::id).toList();
        }
    }

    /** The pass is over. A pass without registries leaves those of before in force. */
    public void passEnds() {
        if (!registries.isEmpty()) {
            digest = running == null ? null : running.digest();
        } else if (running != null) {
            // New tags on old registries: nothing that a server would tell all at once.
            digest = null;
        }
        running = null;
    }

    /** What was sent in the pass that is under way. */
    public Set<String> registries() {
        return Set.copyOf(registries);
    }

    public boolean hasTags() {
        return tags;
    }

    public boolean hasFeatures() {
        return features;
    }

    /** The dimension types in the order that gives them their numbers; empty before 1.20.5. */
    public List<String> dimensionTypes() {
        return dimensionTypes;
    }

    /** Whether a server that tells this tells the client nothing new. */
    public boolean equals(byte[] told) {
        return digest != null && MessageDigest.isEqual(digest, told);
    }

    /** Adds a packet to the digest of what a server tells. */
    public static void update(MessageDigest digest, String name, ByteBuf body) {
        if (concerns(name)) {
            digest.update((byte) name.charAt(0));
            digest.update((byte) body.readableBytes());
            digest.update((byte) (body.readableBytes() >> 8));
            digest.update((byte) (body.readableBytes() >> 16));
            digest.update(body.nioBuffer());
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
