package io.nightporter.proxy.fuzz;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.BossBar;
import io.nightporter.protocol.packet.BundleDelimiter;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.ClientSettings;
import io.nightporter.protocol.packet.ConfigurationAck;
import io.nightporter.protocol.packet.CookieRequest;
import io.nightporter.protocol.packet.CookieResponse;
import io.nightporter.protocol.packet.DeclareCommands;
import io.nightporter.protocol.packet.Dimension;
import io.nightporter.protocol.packet.Disconnect;
import io.nightporter.protocol.packet.EncryptionRequest;
import io.nightporter.protocol.packet.EncryptionResponse;
import io.nightporter.protocol.packet.FeatureFlags;
import io.nightporter.protocol.packet.FinishConfiguration;
import io.nightporter.protocol.packet.FinishConfigurationAck;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.packet.KeepAlive;
import io.nightporter.protocol.packet.KnownPacks;
import io.nightporter.protocol.packet.LoginAcknowledged;
import io.nightporter.protocol.packet.LoginDisconnect;
import io.nightporter.protocol.packet.LoginPluginRequest;
import io.nightporter.protocol.packet.LoginPluginResponse;
import io.nightporter.protocol.packet.LoginStart;
import io.nightporter.protocol.packet.LoginSuccess;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.packet.PacketType;
import io.nightporter.protocol.packet.PacketTypes;
import io.nightporter.protocol.packet.PlayerInfoLegacy;
import io.nightporter.protocol.packet.PlayerInfoRemove;
import io.nightporter.protocol.packet.PlayerInfoUpdate;
import io.nightporter.protocol.packet.PluginMessage;
import io.nightporter.protocol.packet.ResourcePackPop;
import io.nightporter.protocol.packet.ResourcePackPush;
import io.nightporter.protocol.packet.ResourcePackStatus;
import io.nightporter.protocol.packet.ScoreboardObjective;
import io.nightporter.protocol.packet.SetCompression;
import io.nightporter.protocol.packet.SpawnInfo;
import io.nightporter.protocol.packet.StartConfiguration;
import io.nightporter.protocol.packet.StatusPing;
import io.nightporter.protocol.packet.StatusPong;
import io.nightporter.protocol.packet.StatusRequest;
import io.nightporter.protocol.packet.StatusResponse;
import io.nightporter.protocol.packet.TabListHeaderFooter;
import io.nightporter.protocol.packet.Team;
import io.nightporter.protocol.packet.UpdateTags;
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Packets as decent peers send them, to be mutilated, or to be said at the wrong moment. */
final class Samples {

    private static final Bytes NBT = Bytes.of((byte) 10, (byte) 0, (byte) 0, (byte) 0);
    private static final UUID ID = new UUID(7, 11);

    /** What nobody sends as the body of a packet, and what some packets can be taken for. */
    private static final List<byte[]> BODIES = List.of(
        new byte[0],
        new byte[] { 0 },
        new byte[] { 0x40, 1, 2, 3 },
        new byte[] { 1, 'x', 0, 1, 1, 'y', 2, 3, 4 },
        new byte[] { 2, -1, -1, -1, -1, 15, 0 },
        new byte[] { -1, -1, -1, -1, 15, 0, 0 },
        new byte[] { -1, -1, -1, -1, 7, 0, 0 },
        new byte[40]
    );

    private static final Map<Place, List<byte[]>> CACHE = new ConcurrentHashMap<>();

    private record Place(ProtocolVersion version, State state, Direction direction) {}

    private Samples() {}

    /** The payloads (id and body) of all samples that this version knows, for a state and direction. */
    static List<byte[]> of(ProtocolVersion version, State state, Direction direction) {
        return CACHE.computeIfAbsent(new Place(version, state, direction), _ -> make(version, state, direction));
    }

    private static List<byte[]> make(ProtocolVersion version, State state, Direction direction) {
        List<byte[]> payloads = new ArrayList<>();
        for (Packet packet : ALL) {
            if (version.has(state, direction, packet.type().name()) && packet.type().directions().contains(direction)) {
                try {
                    payloads.add(payload(version, state, direction, packet));
                } catch (IllegalArgumentException _) {
                    // This version cannot carry the sample's values.
                }
            }
        }
        Stream.concat(
            Stream.of("SetCompressionPlay", "ChunkData"),
            PacketTypes.ALL.stream().map(PacketType::name)
        ).forEach(name -> {
            int id = version.id(state, direction, name);
            if (id >= 0) {
                BODIES.forEach(body -> payloads.add(payload(id, body)));
            }
        });
        if (payloads.isEmpty()) {
            payloads.add(new byte[] { 0 });
        }
        return payloads;
    }

    static byte[] payload(ProtocolVersion version, State state, Direction direction, Packet packet) {
        ByteBuf out = Unpooled.buffer();
        PacketCodec.encode(version, state, direction, packet, out);
        return ByteBufUtil.getBytes(out);
    }

    static byte[] payload(int id, byte[] body) {
        ByteBuf out = Unpooled.buffer();
        VarInts.write(out, id);
        out.writeBytes(body);
        return ByteBufUtil.getBytes(out);
    }

    static JoinGame joinGame(ProtocolVersion version) {
        int protocol = version.number();
        boolean named = protocol >= 735;
        Dimension dimension =
            protocol <= 578 || protocol >= 766
                ? new Dimension.Numbered(0)
                : protocol >= 751 && protocol <= 758
                  ? new Dimension.Described(NBT)
                  : new Dimension.Named("minecraft:overworld");
        var spawn = new SpawnInfo(
            dimension,
            named ? "minecraft:overworld" : "",
            5,
            2,
            SpawnInfo.NO_GAME_MODE,
            1,
            named ? "" : "flat",
            false,
            true,
            Optional.empty(),
            0,
            63
        );
        Bytes registries = named && protocol <= 763 ? NBT : Bytes.EMPTY;
        List<String> worlds = List.of("minecraft:overworld");
        return new JoinGame(1, false, spawn, worlds, registries, 20, 4, 4, false, true, false, true, false);
    }

    static LoginSuccess loginSuccess(String name) {
        return new LoginSuccess(ID, name, List.of(), false, ID);
    }

    private static final List<Packet> ALL = List.of(
        new Handshake(767, "wild.test", 25_565, Handshake.LOGIN),
        new Handshake(767, "wild.test\0FML2\0", 25_565, Handshake.STATUS),
        new Handshake(-1, "nowhere.test", 0, Handshake.TRANSFER),
        new StatusRequest(),
        new StatusPing(4711),
        new StatusPong(4711),
        new StatusResponse("{\"version\":{\"name\":\"x\",\"protocol\":5},\"players\":{\"max\":1,\"online\":0}}"),
        new LoginStart("Sample", Optional.empty(), Optional.of(ID)),
        new LoginStart(
            "Sample",
            Optional.of(new LoginStart.ProfileKey(Long.MAX_VALUE, Bytes.of(new byte[294]), Bytes.of(new byte[512]))),
            Optional.of(ID)
        ),
        new EncryptionRequest("", Bytes.of(new byte[162]), Bytes.of(new byte[4]), true),
        new EncryptionResponse(Bytes.of(new byte[128]), new EncryptionResponse.Token(Bytes.of(new byte[128]))),
        new EncryptionResponse(Bytes.of(new byte[128]), new EncryptionResponse.Signed(1, Bytes.of(new byte[256]))),
        loginSuccess("Sample"),
        new SetCompression(64),
        new SetCompression(-1),
        new SetCompression(0),
        new LoginPluginRequest(1, "velocity:player_info", Bytes.of((byte) 4)),
        new LoginPluginRequest(2, "fml:handshake", Bytes.of(new byte[300])),
        new LoginPluginResponse(1, Optional.empty()),
        new LoginPluginResponse(2, Optional.of(Bytes.of(new byte[300]))),
        new LoginAcknowledged(),
        new LoginDisconnect(Text.plain("no")),
        new CookieRequest("a:cookie"),
        new CookieResponse("a:cookie", Optional.of(Bytes.of(new byte[100]))),
        new ClientSettings("en_us", 4, 0, true, 0, true, 0x7F, 1, false, true, 0),
        new PluginMessage(
            "minecraft:brand",
            Bytes.of((byte) 5, (byte) 'P', (byte) 'a', (byte) 'p', (byte) 'e', (byte) 'r')
        ),
        new PluginMessage("MC|Brand", Bytes.utf8("Bukkit")),
        new PluginMessage("minecraft:brand", Bytes.of(new byte[30_000])),
        new PluginMessage("some:channel", Bytes.of(new byte[600])),
        new KnownPacks(List.of(new KnownPacks.Pack("minecraft", "core", "1.21"))),
        new KeepAlive(42),
        new FinishConfiguration(),
        new FinishConfigurationAck(),
        new StartConfiguration(),
        new ConfigurationAck(),
        new Disconnect(Text.plain("enough")),
        new BossBar(ID, new BossBar.Remove()),
        PlayerInfoUpdate.add(ID, "Sample", List.of(), 1),
        new PlayerInfoRemove(List.of(ID)),
        new PlayerInfoLegacy(new PlayerInfoLegacy.Named("Sample", true, 3)),
        new PlayerInfoLegacy(new PlayerInfoLegacy.Remove(List.of(ID))),
        ScoreboardObjective.remove("points"),
        Team.remove("reds"),
        new TabListHeaderFooter(Text.plain("above"), Text.plain("below")),
        new ResourcePackPush(ID, "http://pack.test", "a".repeat(40), false, Optional.empty()),
        new ResourcePackPop(Optional.of(ID)),
        new ResourcePackStatus(ID, "", ResourcePackStatus.LOADED),
        new FeatureFlags(List.of("minecraft:vanilla")),
        new UpdateTags(
            List.of(new UpdateTags.Registry("minecraft:block", List.of(new UpdateTags.Tag("logs", List.of(1, 300)))))
        ),
        new DeclareCommands(Bytes.of((byte) 1, (byte) 0, (byte) 0, (byte) 0)),
        new BundleDelimiter()
    );
}
