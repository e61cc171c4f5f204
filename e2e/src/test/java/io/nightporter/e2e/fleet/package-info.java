/** Servers that are started and stopped for their players: real Docker Engines, and what is asked of the admin address. */
@NullMarked
package io.nightporter.e2e.fleet;

import org.jspecify.annotations.NullMarked;
