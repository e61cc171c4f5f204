/** What is counted, and how Prometheus reads it. */
@NullMarked
package io.nightporter.proxy.metrics;

import org.jspecify.annotations.NullMarked;
