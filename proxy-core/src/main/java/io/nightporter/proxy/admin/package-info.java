/** The admin address: metrics for Prometheus, health for whoever supervises the process. */
@NullMarked
package io.nightporter.proxy.admin;

import org.jspecify.annotations.NullMarked;
