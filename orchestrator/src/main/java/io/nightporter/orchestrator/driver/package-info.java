/**
 * What the fleet asks of a machine that runs servers, whatever it runs them with. {@link
 * io.nightporter.orchestrator.driver.Driver} is the contract; implementations are in packages of their own.
 */
@NullMarked
package io.nightporter.orchestrator.driver;

import org.jspecify.annotations.NullMarked;
