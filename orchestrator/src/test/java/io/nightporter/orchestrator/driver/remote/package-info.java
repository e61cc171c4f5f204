@NullMarked
package io.nightporter.orchestrator.driver.remote;

import org.jspecify.annotations.NullMarked;
