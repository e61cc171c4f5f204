package io.nightporter.proxy.waitingroom;

import io.nightporter.protocol.packet.KnownPacks;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.State;
import io.nightporter.protocol.voidworld.Held;
import io.nightporter.protocol.voidworld.VoidWorld;
import io.nightporter.proxy.auth.GameProfile;
import io.nightporter.proxy.player.Client;
import io.nightporter.proxy.relay.HeldConfiguration;
import io.nightporter.proxy.relay.Traces;
import io.nightporter.proxy.wire.Wire;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/** The void world of one version, in bytes that all players of that version share. */
final class VoidScenery {

    private static final Map<ProtocolVersion, VoidScenery> SCENERIES = Collections.synchronizedMap(new WeakHashMap<>());

    /** Since 1.20.2 registries are told before the game. */
    private static final int FIRST_WITH_CONFIGURATION = 764;

    private final VoidWorld world;
    private final SharedFrames names;
    private final SharedFrames contents;
    private final SharedFrames arrival;

    private VoidScenery(VoidWorld world) {
        this.world = world;
        this.names = new SharedFrames(State.CONFIGURATION, () -> world.configuration(true, Held.NOTHING));
        this.contents = new SharedFrames(State.CONFIGURATION, () -> world.configuration(false, Held.NOTHING));
        this.arrival = new SharedFrames(State.PLAY, world::arrival);
    }

    static VoidScenery of(ProtocolVersion version) {
        return SCENERIES.computeIfAbsent(version, any -> new VoidScenery(VoidWorld.of(any)));
    }

    /** Does what the first player of a version would have to wait for. */
    void prepare(ProtocolVersion version, int threshold) {
        if (version.number() >= FIRST_WITH_CONFIGURATION) {
            names.of(version, threshold);
        }
        arrival.of(version, threshold);
    }

    VoidWorld world() {
        return world;
    }

    KnownPacks offer() {
        return world.offer();
    }

    /** Whether the client has the game's own content, so that names are enough. */
    boolean isKnownTo(Client client) {
        return world.accepted(client.choose(world.offer()));
    }

    /**
     * Tells the client, in its configuration, what it does not hold.
     *
     * @param known whether names are enough
     */
    void tell(Wire wire, boolean known, HeldConfiguration held) {
        Held here = held.held();
        if (here.equals(Held.NOTHING)) {
            (known ? names : contents).send(wire);
            held.toldVoidWorld(world.dimensionTypes());
        } else {
            world.configuration(known, here).forEach(wire::send);
            held.toldRest(world.dimensionTypes());
        }
    }

    /** What follows the first packet of the game. */
    void furnish(Wire wire, GameProfile profile, Traces traces) {
        world.introduction(profile.id(), profile.name(), profile.properties()).forEach(packet -> {
            traces.saw(packet);
            wire.send(packet);
        });
        arrival.send(wire);
    }
}
