package io.nightporter.proxy.player;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.ClientSettings;
import io.nightporter.protocol.packet.KnownPacks;
import io.nightporter.protocol.packet.PluginMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client has said of itself, once; every server that it is taken to hears it again from the proxy. */
public final class Client {

    /** As many channels as vanilla servers keep of one client. */
    private static final int MOST_CHANNELS = 1_024;
    private static final int LONGEST_CHANNEL = 256;
    /** As long as the longest of those that the game itself uses. */
    private static final int LONGEST_OWN_CHANNEL = "minecraft:unregister".length();
    /** In a message of this many bytes at most, since older servers take no more. */
    private static final int LONGEST_REGISTRATION = 32_000;
    private static final Set<String> REGISTER = Set.of("minecraft:register", "REGISTER");
    private static final Set<String> UNREGISTER = Set.of("minecraft:unregister", "UNREGISTER");
    private static final Set<String> BRAND = Set.of("minecraft:brand", "MC|Brand");
    /** Content that such clients and their servers agree on by themselves, before any registry is sent. */
    private static final List<String> NEGOTIATING = List.of("forge");

    private @Nullable ClientSettings settings;
    private @Nullable PluginMessage brand;
    private final Set<String> channels = new LinkedHashSet<>();
    private final Unheard unheard = new Unheard();
    private Set<KnownPacks.Pack> packs = Set.of();

    /** The player has chosen other options. */
    public void heard(ClientSettings chosen) {
        settings = chosen;
    }

    /** A plugin message of the client: its brand and its channels are remembered, anything else is not. */
    public void heard(PluginMessage message) {
        if (BRAND.contains(message.channel())) {
            brand = message;
        } else if (REGISTER.contains(message.channel())) {
            for (String channel : names(message.data())) {
                if (channels.size() < MOST_CHANNELS && channel.length() <= LONGEST_CHANNEL) {
                    channels.add(channel);
                }
            }
        } else if (UNREGISTER.contains(message.channel())) {
            names(message.data()).forEach(channels::remove);
        }
    }

    /**
     * Whether a plugin message is one of those that {@link #heard(PluginMessage)} remembers.
     *
     * @param body behind the id; not consumed
     */
    public static boolean isAboutItself(ByteBuf body) {
        ByteBuf copy = body.duplicate();
        int length = VarInts.read(copy);
        if (length < 0 || length > copy.readableBytes() || length > LONGEST_OWN_CHANNEL) {
            return false;
        }
        String channel = copy.toString(copy.readerIndex(), length, StandardCharsets.US_ASCII);
        return BRAND.contains(channel) || REGISTER.contains(channel) || UNREGISTER.contains(channel);
    }

    /** The client has these of the packs that were offered to it. */
    public void has(KnownPacks known) {
        var all = new LinkedHashSet<>(packs);
        all.addAll(known.packs());
        packs = Set.copyOf(all);
    }

    /** What the client would answer to this offer, as far as is known; saying less than it has is always right. */
    public KnownPacks choose(KnownPacks offer) {
        return new KnownPacks(offer.packs().stream().filter(packs::contains).toList());
    }

    /** What the player has written and no server has heard yet. */
    public Unheard unheard() {
        return unheard;
    }

    public Optional<ClientSettings> settings() {
        return Optional.ofNullable(settings);
    }

    public Optional<PluginMessage> brand() {
        return Optional.ofNullable(brand);
    }

    /** As the client says it, such as {@code de_de}; null before it has. */
    public @Nullable String locale() {
        return settings == null ? null : settings.locale();
    }

    /** Whether mods and server agree on their content before the game's own negotiation. */
    public boolean negotiatesContent() {
        return brand != null && NEGOTIATING.stream().anyMatch(brand.data().asUtf8().toLowerCase(Locale.ROOT)::contains);
    }

    /** Registers the channels again, in as few messages as it takes. */
    public List<PluginMessage> registrations(boolean namespaced) {
        String channel = namespaced ? "minecraft:register" : "REGISTER";
        List<PluginMessage> messages = new ArrayList<>();
        var line = new StringBuilder();
        for (String name : channels) {
            if (line.length() + name.length() >= LONGEST_REGISTRATION) {
                messages.add(new PluginMessage(channel, Bytes.utf8(line.toString())));
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : "\0").append(name);
        }
        if (!line.isEmpty()) {
            messages.add(new PluginMessage(channel, Bytes.utf8(line.toString())));
        }
        return messages;
    }

    private static List<String> names(Bytes data) {
        return Arrays.stream(new String(data.toArray(), StandardCharsets.UTF_8).split("\0"))
            .filter(name -> !name.isEmpty())
            .toList();
    }
}
