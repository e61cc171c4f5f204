/** The fleet: which servers there are and where they can be reached. */
@NullMarked
package io.nightporter.orchestrator;

import org.jspecify.annotations.NullMarked;
