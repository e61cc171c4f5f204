/** The drivers that Nightporter brings along. */
@NullMarked
package io.nightporter.orchestrator.driver.builtin;

import org.jspecify.annotations.NullMarked;
