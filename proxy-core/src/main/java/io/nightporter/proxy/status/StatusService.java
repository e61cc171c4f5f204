package io.nightporter.proxy.status;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.proxy.config.Configuration;
import io.nightporter.proxy.routing.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.function.Consumer;

public final class StatusService {

    public StatusService(Configuration c, ProtocolVersions v, AddressBook a, Consumer<String> m) {}

    public CompletionStage<Optional<String>> answer(Route r, int p) {
        return CompletableFuture.completedFuture(
            Optional.of(
                "{\"version\":{\"name\":\"x\",\"protocol\":" +
                    p +
                    "},\"players\":{\"max\":20,\"online\":0},\"description\":{\"text\":\"hi\"}}"
            )
        );
    }

    public CompletionStage<Optional<ByteBuf>> legacyAnswer(LegacyPing.Detection.Ping p) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    public void close() {}
}
