@NullMarked
package io.nightporter.orchestrator.model;

import org.jspecify.annotations.NullMarked;
