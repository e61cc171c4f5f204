/**
 * Servers as processes of this machine, without any engine: {@link
 * io.nightporter.orchestrator.driver.process.ProcessDriver}. Linux only, because it relies on {@code /proc}.
 */
@NullMarked
package io.nightporter.orchestrator.driver.process;

import org.jspecify.annotations.NullMarked;
