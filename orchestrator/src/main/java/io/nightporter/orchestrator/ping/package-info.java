/** Asking a Minecraft server how it is. */
@NullMarked
package io.nightporter.orchestrator.ping;

import org.jspecify.annotations.NullMarked;
