package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.BOOL;
import static io.nightporter.protocol.packet.WireTypes.BYTE;
import static io.nightporter.protocol.packet.WireTypes.UBYTE;
import static io.nightporter.protocol.packet.WireTypes.VARINT;
import static io.nightporter.protocol.packet.WireTypes.string;

/**
 * What the player has chosen in the options that servers care about.
 *
 * @param locale such as {@code de_de}
 * @param viewDistance in chunks
 * @param chatMode 0 all, 1 commands only, 2 hidden
 * @param difficulty only in 1.7
 * @param showCape only in 1.7; later a bit of the skin parts
 * @param skinParts bits: cape, jacket, left sleeve, right sleeve, left leg, right leg, hat; since 1.8
 * @param mainHand 0 left, 1 right; since 1.9
 * @param textFiltering since 1.17
 * @param serverListing whether the player may be shown in the server list; since 1.18
 * @param particles 0 all, 1 decreased, 2 minimal; since 1.21.2
 */
public record ClientSettings(
    String locale,
    int viewDistance,
    int chatMode,
    boolean chatColors,
    int difficulty,
    boolean showCape,
    int skinParts,
    int mainHand,
    boolean textFiltering,
    boolean serverListing,
    int particles
) implements Packet {
    public static final PacketType<ClientSettings> TYPE = PacketType.serverbound(
        "ClientSettings",
        ClientSettings.class,
        f ->
            new ClientSettings(
                f.field(ClientSettings::locale, string(16)),
                f.field(ClientSettings::viewDistance, BYTE),
                f.field(ClientSettings::chatMode, BYTE.until(47, VARINT)),
                f.field(ClientSettings::chatColors, BOOL),
                f.field(ClientSettings::difficulty, UBYTE.upTo(5, 0)),
                f.field(ClientSettings::showCape, BOOL.upTo(5, true)),
                f.field(ClientSettings::skinParts, UBYTE.since(47, 0x7F)),
                f.field(ClientSettings::mainHand, VARINT.since(107, 1)),
                f.field(ClientSettings::textFiltering, BOOL.since(755, false)),
                f.field(ClientSettings::serverListing, BOOL.since(757, true)),
                f.field(ClientSettings::particles, VARINT.since(768, 0))
            )
    );

    @Override
    public PacketType<ClientSettings> type() {
        return TYPE;
    }
}
