package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.USHORT;
import static io.nightporter.protocol.packet.WireTypes.VARINT;
import static io.nightporter.protocol.packet.WireTypes.string;

/**
 * The first packet of every connection.
 *
 * @param protocol the number of the version that the client speaks; may be one that no table knows
 * @param address what the player typed, or what a proxy in front made of it: with Forge's marker or forwarded data
 *     behind a NUL
 * @param port the port that the player typed, 0 … 65535
 * @param intent {@link #STATUS}, {@link #LOGIN} or {@link #TRANSFER}; not checked here
 */
public record Handshake(int protocol, String address, int port, int intent) implements Packet {
    public static final int STATUS = 1;
    public static final int LOGIN = 2;
    /** Since 1.20.5: as a login, by a client that another server sent here. */
    public static final int TRANSFER = 3;

    /** What a client may send, in characters. */
    private static final int MAX_CLIENT_ADDRESS = 255;

    /** What servers accept from a proxy that forwards the player's profile in the address. */
    private static final int MAX_FORWARDED_ADDRESS = 32_767;

    public static final PacketType<Handshake> TYPE = PacketType.serverbound(
        "Handshake",
        Handshake.class,
        layout(MAX_CLIENT_ADDRESS)
    );

    /** For servers behind a proxy, which may read as much as {@link #TYPE} may write. */
    public static final PacketType<Handshake> FORWARDED_TYPE = PacketType.serverbound(
        "Handshake",
        Handshake.class,
        layout(MAX_FORWARDED_ADDRESS)
    );

    @Override
    public PacketType<Handshake> type() {
        return TYPE;
    }

    private static Layout<Handshake> layout(int maxReadAddress) {
        return f ->
            new Handshake(
                f.field(Handshake::protocol, VARINT),
                f.field(Handshake::address, string(maxReadAddress, MAX_FORWARDED_ADDRESS)),
                f.field(Handshake::port, USHORT),
                f.field(Handshake::intent, VARINT)
            );
    }
}
