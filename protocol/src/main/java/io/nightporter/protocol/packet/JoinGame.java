package io.nightporter.protocol.packet;

public record JoinGame(boolean onlineMode) implements Packet {
    public static final PacketType<JoinGame> TYPE = PacketType.clientbound("JoinGame", JoinGame.class, f -> {
        throw new IllegalStateException();
    });

    @Override
    public PacketType<?> type() {
        return TYPE;
    }

    public JoinGame withOnlineMode(boolean b) {
        return this;
    }
}
