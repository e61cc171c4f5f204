package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.string;

import java.util.List;

/** An argument of a command that the player signed like a chat message. */
public record SignedArgument(String name, Bytes signature) {
    static final WireType<List<SignedArgument>> LIST = WireTypes.<SignedArgument>struct(f ->
        new SignedArgument(
            f.field(SignedArgument::name, string(16)),
            f.field(SignedArgument::signature, MessageSignatures.WIRE_TYPE)
        )
    ).list(8);
}
