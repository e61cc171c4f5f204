@NullMarked
package io.nightporter.orchestrator.driver.process;

import org.jspecify.annotations.NullMarked;
