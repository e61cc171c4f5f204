/**
 * Servers in containers of a Docker Engine. {@link io.nightporter.orchestrator.driver.docker.DockerDriver} is the driver,
 * {@link io.nightporter.orchestrator.driver.docker.Endpoint} says where the engine is, and {@link
 * io.nightporter.orchestrator.driver.docker.Engine} is the connection, with a limit to the time that anything may take.
 */
@NullMarked
package io.nightporter.orchestrator.driver.docker;

import org.jspecify.annotations.NullMarked;
