@NullMarked
package io.nightporter.orchestrator.fleet;

import org.jspecify.annotations.NullMarked;
