/**
 * The fleet at work: an actor for each server, a link to each node, and {@link
 * io.nightporter.orchestrator.fleet.Orchestrator}, which has them all. {@link io.nightporter.orchestrator.fleet.Fleet} and
 * {@link io.nightporter.orchestrator.fleet.PlayerGateway} are the two sides on which it meets the proxy.
 */
@NullMarked
package io.nightporter.orchestrator.fleet;

import org.jspecify.annotations.NullMarked;
