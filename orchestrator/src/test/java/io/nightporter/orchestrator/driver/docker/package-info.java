@NullMarked
package io.nightporter.orchestrator.driver.docker;

import org.jspecify.annotations.NullMarked;
