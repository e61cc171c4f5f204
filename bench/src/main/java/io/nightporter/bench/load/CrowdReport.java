package io.nightporter.bench.load;

import java.util.List;

/**
 * What the crowd saw. Counts and times belong to the measured seconds unless it says otherwise.
 *
 * @param seconds how long the measurement took
 * @param encrypted whether the proxy wanted encryption
 * @param joined players who entered the world since the beginning
 * @param failed players, joins or pings that did not get there since the beginning
 * @param lost players who lost their connection since the beginning
 * @param done joins or pings
 * @param clientboundPackets in the play state
 * @param payloadBytes of those packets, without compression: this does not depend on who compresses how well
 * @param wireBytes as they came through the sockets
 * @param positions packets that the players sent
 * @param allPositions the same since the beginning
 * @param missing packets that the server sent and that did not come, or came in pieces
 * @param strange packets that came although the server did not send them; a proxy may have things to say
 * @param changedBytes by how much the payload of what came differs from what was sent, where no packet is missing
 * @param inflated compressed packets that were inflated as a sample, and were whole
 * @param latency from the server's hands to the player's, of packets that came last in their burst
 * @param login from the connection to the world
 * @param ping from the connection to the pong
 * @param proxyCpu seconds
 * @param proxyRssKib at the end
 * @param crowdCores CPU seconds a second that the crowd itself used
 * @param serverCores the same of the fake server
 * @param busyCores of the whole machine
 * @param strangerCores used by processes that have nothing to do with the measurement
 * @param stolenCores taken away by the host
 * @param reasons why players failed or were lost, a few of them
 */
record CrowdReport(
    double seconds,
    boolean encrypted,
    long joined,
    long failed,
    long lost,
    long done,
    long clientboundPackets,
    long payloadBytes,
    long wireBytes,
    long positions,
    long allPositions,
    long missing,
    long strange,
    long changedBytes,
    long inflated,
    Quantiles latency,
    Quantiles login,
    Quantiles ping,
    double proxyCpu,
    long proxyRssKib,
    double crowdCores,
    double serverCores,
    double busyCores,
    double strangerCores,
    double stolenCores,
    List<String> reasons
) {}
