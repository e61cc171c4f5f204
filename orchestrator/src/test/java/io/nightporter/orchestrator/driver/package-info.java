@NullMarked
package io.nightporter.orchestrator.driver;

import org.jspecify.annotations.NullMarked;
