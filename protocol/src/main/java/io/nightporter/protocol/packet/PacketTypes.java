package io.nightporter.protocol.packet;

import io.nightporter.protocol.version.Direction;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Every packet that has a record. */
public final class PacketTypes {

    public static final List<PacketType<?>> ALL = List.of(
        Handshake.TYPE,
        StatusRequest.TYPE,
        StatusResponse.TYPE,
        StatusPing.TYPE,
        StatusPong.TYPE,
        LoginDisconnect.TYPE,
        EncryptionRequest.TYPE,
        EncryptionResponse.TYPE,
        LoginStart.TYPE,
        LoginSuccess.TYPE,
        SetCompression.TYPE,
        LoginPluginRequest.TYPE,
        LoginPluginResponse.TYPE,
        LoginAcknowledged.TYPE,
        CookieRequest.TYPE,
        CookieResponse.TYPE,
        StoreCookie.TYPE,
        Transfer.TYPE,
        PluginMessage.TYPE,
        Disconnect.TYPE,
        KeepAlive.TYPE,
        Ping.TYPE,
        Pong.TYPE,
        ResourcePackStatus.TYPE,
        ClientSettings.TYPE,
        KnownPacks.TYPE,
        FinishConfiguration.TYPE,
        FinishConfigurationAck.TYPE,
        StartConfiguration.TYPE,
        ConfigurationAck.TYPE,
        JoinGame.TYPE,
        Respawn.TYPE,
        SpawnPosition.TYPE,
        PlayerPosition.TYPE,
        TeleportConfirm.TYPE,
        Position.TYPE,
        PositionLook.TYPE,
        GameEvent.TYPE,
        ClientboundPlayerAbilities.TYPE,
        ServerboundPlayerAbilities.TYPE,
        ClientboundLegacyChat.TYPE,
        ServerboundLegacyChat.TYPE,
        SystemChat.TYPE,
        ChatMessage.TYPE,
        ChatCommand.TYPE,
        ChatCommandSigned.TYPE,
        BossBar.TYPE,
        LegacyTitle.TYPE,
        ActionBar.TYPE,
        TitleText.TYPE,
        TitleSubtitle.TYPE,
        TitleTimes.TYPE,
        ClearTitles.TYPE,
        TabListHeaderFooter.TYPE,
        BundleDelimiter.TYPE,
        RegistryData.TYPE,
        FeatureFlags.TYPE,
        UpdateTags.TYPE,
        ResourcePackPush.TYPE,
        ResourcePackPop.TYPE,
        SetChunkCacheCenter.TYPE,
        PlayerInfoLegacy.TYPE,
        PlayerInfoUpdate.TYPE,
        PlayerInfoRemove.TYPE,
        ScoreboardObjective.TYPE,
        Team.TYPE,
        ChatAck.TYPE,
        TabComplete.TYPE,
        TabCompleteResponse.TYPE,
        DeclareCommands.TYPE
    );

    private static final Map<Direction, Map<String, PacketType<?>>> BY_NAME = byName();

    private PacketTypes() {}

    /** The record for a packet of the id table, in this direction; null where there is none. */
    public static @Nullable PacketType<?> find(Direction direction, String name) {
        return Objects.requireNonNull(BY_NAME.get(direction)).get(name);
    }

    private static Map<Direction, Map<String, PacketType<?>>> byName() {
        Map<Direction, Map<String, PacketType<?>>> byName = new EnumMap<>(Direction.class);
        for (Direction direction : Direction.values()) {
            Map<String, PacketType<?>> ofDirection = new HashMap<>();
            for (PacketType<?> type : ALL) {
                if (type.directions().contains(direction) && ofDirection.put(type.name(), type) != null) {
                    throw new IllegalStateException("two records for the " + direction + " packet " + type.name());
                }
            }
            byName.put(direction, Map.copyOf(ofDirection));
        }
        return byName;
    }
}
