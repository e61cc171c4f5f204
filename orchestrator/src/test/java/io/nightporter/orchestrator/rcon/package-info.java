@NullMarked
package io.nightporter.orchestrator.rcon;

import org.jspecify.annotations.NullMarked;
