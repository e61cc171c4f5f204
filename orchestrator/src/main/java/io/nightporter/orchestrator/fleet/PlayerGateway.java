package io.nightporter.orchestrator.fleet;

import java.util.concurrent.CompletableFuture;

/** What the fleet may ask of the players' side. Nothing here blocks, and everything may be asked again. */
@FunctionalInterface
public interface PlayerGateway {
    /** How many players are on a server or on their way there, through all proxies. */
    CompletableFuture<Integer> count(String server);
}
