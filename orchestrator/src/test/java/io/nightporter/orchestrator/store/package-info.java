@NullMarked
package io.nightporter.orchestrator.store;

import org.jspecify.annotations.NullMarked;
