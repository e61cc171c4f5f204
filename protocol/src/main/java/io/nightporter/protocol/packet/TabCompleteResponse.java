package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.TEXT;
import static io.nightporter.protocol.packet.WireTypes.VARINT;
import static io.nightporter.protocol.packet.WireTypes.string;

import io.nightporter.protocol.text.Text;
import java.util.List;
import java.util.Optional;

/**
 * How a command could go on.
 *
 * @param transaction of the {@link TabComplete}; since 1.13
 * @param start where in the text, in UTF-16 units, the matches begin; since 1.13
 * @param length how many units they replace; since 1.13
 */
public record TabCompleteResponse(int transaction, int start, int length, List<Match> matches) implements Packet {
    private static final WireType<Match> MATCH = WireTypes.struct(f ->
        new Match(
            f.field(Match::text, string(32_767)),
            f.field(Match::tooltip, TEXT.optional().since(393, Optional.empty()))
        )
    );

    public static final PacketType<TabCompleteResponse> TYPE = PacketType.clientbound(
        "TabCompleteResponse",
        TabCompleteResponse.class,
        f ->
            new TabCompleteResponse(
                f.field(TabCompleteResponse::transaction, VARINT.since(393, 0)),
                f.field(TabCompleteResponse::start, VARINT.since(393, 0)),
                f.field(TabCompleteResponse::length, VARINT.since(393, 0)),
                f.field(TabCompleteResponse::matches, MATCH.list(1 << 16))
            )
    );

    @Override
    public PacketType<TabCompleteResponse> type() {
        return TYPE;
    }

    /**
     * @param tooltip since 1.13
     */
    public record Match(String text, Optional<Text> tooltip) {}
}
