package io.nightporter.proxy.context;

import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.proxy.auth.SessionServer;
import io.nightporter.proxy.backend.Dialer;
import io.nightporter.proxy.config.Configuration;
import io.nightporter.proxy.routing.Router;
import io.nightporter.proxy.status.StatusService;
import io.nightporter.proxy.text.Phrasebook;

/**
 * Everything that was made from one configuration. A connection takes it once, at its handshake, and keeps it, so that
 * a reload never changes the rules in the middle of a login.
 */
public record Generation(
    Configuration configuration,
    ProtocolVersions versions,
    Router router,
    StatusService status,
    SessionServer sessionServer,
    Dialer dialer,
    Phrasebook phrases
) {}
