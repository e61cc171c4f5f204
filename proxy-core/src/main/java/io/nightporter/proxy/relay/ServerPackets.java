package io.nightporter.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.BossBar;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.DeclareCommands;
import io.nightporter.protocol.packet.FeatureFlags;
import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.packet.PlayerInfoLegacy;
import io.nightporter.protocol.packet.PlayerInfoRemove;
import io.nightporter.protocol.packet.PlayerInfoUpdate;
import io.nightporter.protocol.packet.PluginMessage;
import io.nightporter.protocol.packet.RegistryData;
import io.nightporter.protocol.packet.ResourcePackPop;
import io.nightporter.protocol.packet.ResourcePackPush;
import io.nightporter.protocol.packet.ScoreboardObjective;
import io.nightporter.protocol.packet.SetCompression;
import io.nightporter.protocol.packet.Team;
import io.nightporter.protocol.packet.UpdateTags;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.proxy.backend.Backend;
import io.nightporter.proxy.player.Heartbeat;
import io.nightporter.proxy.player.Player;
import io.nightporter.proxy.relay.RelaySide.Verdict;
import io.nightporter.proxy.wire.Wire;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done with the packets of a server that are of interest. */
final class ServerPackets {

    private static final Logger log = LoggerFactory.getLogger(ServerPackets.class);
    /** Since 26.2 the client believes this packet, not its connection, about being authenticated. */
    private static final int JOIN_GAME_SAYS_ONLINE_MODE = 776;
    private static final int FIRST_WITH_INFO_UPDATE = 761;
    private static final byte[] BRAND = "minecraft:brand".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BRAND_BEFORE_1_13 = "MC|Brand".getBytes(StandardCharsets.US_ASCII);
    private static final String SIGNATURE = " (Nightporter)";
    private static final int LONGEST_BRAND = 256;

    private final Player player;
    private final Backend backend;
    private final Ties ties;
    private final Traces traces;
    private final KeepAlives keepAlives;
    private final Heartbeat heartbeat;
    private final Entrance entrance;
    private final Transit transit;
    private boolean joined;

    ServerPackets(
        Player player,
        Backend backend,
        Ties ties,
        Traces traces,
        KeepAlives keepAlives,
        Heartbeat heartbeat,
        Entrance entrance,
        Transit transit
    ) {
        this.player = player;
        this.backend = backend;
        this.ties = ties;
        this.traces = traces;
        this.keepAlives = keepAlives;
        this.heartbeat = heartbeat;
        this.entrance = entrance;
        this.transit = transit;
    }

    /** Whether the server has begun the game. */
    boolean hasJoined() {
        return joined;
    }

    Verdict inspect(Interest interest, ByteBuf body, Wire from, Wire to) {
        ProtocolVersion version = from.version();
        switch (interest) {
            case KEEP_ALIVE -> {
                keepAlives.asked(body, from);
                heartbeat.notNow();
            }
            case PLUGIN_MESSAGE -> {
                return brand(body, from);
            }
            case JOIN_GAME -> {
                return joinGame(body, from, to);
            }
            case SET_COMPRESSION_PLAY -> {
                return compression(body, from);
            }
            case DECLARE_COMMANDS -> {
                return commands(body, version);
            }
            case REGISTRY_DATA -> traces.configuration().told(version, RegistryData.TYPE.name(), body);
            case FEATURE_FLAGS -> traces.configuration().told(version, FeatureFlags.TYPE.name(), body);
            case UPDATE_TAGS -> traces.configuration().told(version, UpdateTags.TYPE.name(), body);
            case BOSS_BAR -> traces.saw(PacketCodec.decode(version, BossBar.TYPE, body));
            case PLAYER_INFO -> playerInfo(body, version);
            case PLAYER_INFO_REMOVE -> traces.saw(PacketCodec.decode(version, PlayerInfoRemove.TYPE, body));
            case TAB_LIST_HEADER_FOOTER -> traces.sawHeaderOrFooter();
            case OBJECTIVE -> traces.saw(PacketCodec.decode(version, ScoreboardObjective.TYPE, body));
            case TEAM -> traces.saw(PacketCodec.decode(version, Team.TYPE, body));
            case RESOURCE_PACK_PUSH -> {
                return pack(PacketCodec.decode(version, ResourcePackPush.TYPE, body), from);
            }
            case RESOURCE_PACK_POP -> traces.saw(PacketCodec.decode(version, ResourcePackPop.TYPE, body));
            case PLAYER_POSITION -> {
                traces.put();
                transit.placed();
            }
            default -> {
            }
        }
        return Verdict.FORWARD;
    }

    private void playerInfo(ByteBuf body, ProtocolVersion version) {
        if (version.number() < FIRST_WITH_INFO_UPDATE) {
            traces.saw(PacketCodec.decode(version, PlayerInfoLegacy.TYPE, body));
        } else if (body.isReadable() && (body.getByte(body.readerIndex()) & PlayerInfoUpdate.ADD) != 0) {
            traces.saw(PacketCodec.decode(version, PlayerInfoUpdate.TYPE, body));
        }
    }

    /** What the client has in use already is not sent again. */
    private Verdict pack(ResourcePackPush offer, Wire from) {
        if (!traces.hasApplied(offer)) {
            traces.saw(offer);
            return Verdict.FORWARD;
        }
        traces.keeps(offer);
        offer.answersOfOneWhoHasIt().forEach(from::send);
        from.flush();
        return Verdict.TAKEN;
    }

    private Verdict commands(ByteBuf body, ProtocolVersion version) {
        if (!ties.hasCommands()) {
            return Verdict.FORWARD;
        }
        return new Verdict.Replaced(ties.withOwnCommands(PacketCodec.decode(version, DeclareCommands.TYPE, body)));
    }

    private Verdict joinGame(ByteBuf body, Wire from, Wire to) {
        boolean over = entrance == Entrance.OVER && !joined;
        traces.joined();
        if (!joined) {
            joined = true;
            transit.joined();
            log.info(
                "player joined player={} server={} address={} version=\"{}\"",
                player.profile().name(),
                backend.server(),
                player.wire().peerText(),
                from.version().name()
            );
            ties.joined();
        }
        boolean authenticated = to.encrypted();
        if (!over && from.version().number() < JOIN_GAME_SAYS_ONLINE_MODE) {
            return Verdict.FORWARD;
        }
        JoinGame packet = PacketCodec.decode(from.version(), JoinGame.TYPE, body);
        if (over) {
            return new Verdict.Replaced(packet.withOnlineMode(authenticated).afterAnother(from.version().number()));
        }
        return packet.onlineMode() == authenticated
            ? Verdict.FORWARD
            : new Verdict.Replaced(packet.withOnlineMode(authenticated));
    }

    /** "Paper" becomes "Paper (Nightporter)": what F3 shows, and what support asks for. */
    private Verdict brand(ByteBuf body, Wire from) {
        if (!isBrand(body)) {
            return Verdict.FORWARD;
        }
        PluginMessage message = PacketCodec.decode(from.version(), PluginMessage.TYPE, body);
        Brand brand = Brand.read(message.data());
        if (brand.text().length() + SIGNATURE.length() > LONGEST_BRAND || brand.text().endsWith(SIGNATURE)) {
            return Verdict.FORWARD;
        }
        return new Verdict.Replaced(new PluginMessage(message.channel(), brand.with(SIGNATURE)));
    }

    private static boolean isBrand(ByteBuf body) {
        int index = body.readerIndex();
        int length = VarInts.read(body);
        boolean brand =
            length <= body.readableBytes() &&
            (matches(body, length, BRAND) || matches(body, length, BRAND_BEFORE_1_13));
        body.readerIndex(index);
        return brand;
    }

    private static boolean matches(ByteBuf body, int length, byte[] name) {
        if (length != name.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (body.getByte(body.readerIndex() + i) != name[i]) {
                return false;
            }
        }
        return true;
    }

    /** Only the server's own connection changes: the player's keeps its threshold, and the relay converts. */
    private Verdict compression(ByteBuf body, Wire from) {
        from.threshold(PacketCodec.decode(from.version(), SetCompression.TYPE, body).threshold());
        return Verdict.TAKEN;
    }

    /**
     * The name of a server's software.
     *
     * @param bare without a length in front, as servers of 1.7 send it
     */
    private record Brand(String text, boolean bare) {
        static Brand read(Bytes data) {
            ByteBuf in = data.toBuffer();
            try {
                int length = VarInts.read(in);
                if (length == in.readableBytes()) {
                    return new Brand(in.toString(StandardCharsets.UTF_8), false);
                }
            } catch (BadPacketException _) {
                // not even a length
            }
            return new Brand(data.asUtf8(), true);
        }

        Bytes with(String addition) {
            Bytes longer = Bytes.utf8(text + addition);
            if (bare) {
                return longer;
            }
            ByteBuf data = Unpooled.buffer();
            VarInts.write(data, longer.size());
            data.writeBytes(longer.toBuffer());
            return Bytes.copyOf(data);
        }
    }
}
