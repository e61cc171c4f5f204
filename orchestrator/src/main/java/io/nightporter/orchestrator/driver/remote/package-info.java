/**
 * Servers that another system starts, such as a hosting panel: it is asked over HTTP. {@link
 * io.nightporter.orchestrator.driver.remote.RemoteDriver} is the driver, {@link
 * io.nightporter.orchestrator.driver.remote.Backend} speaks to the other system, and {@link
 * io.nightporter.orchestrator.driver.remote.RemoteStatus} understands what it says.
 */
@NullMarked
package io.nightporter.orchestrator.driver.remote;

import org.jspecify.annotations.NullMarked;
