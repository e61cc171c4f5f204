/** Hostile clients and servers against a running proxy. */
@NullMarked
package io.nightporter.proxy.fuzz;

import org.jspecify.annotations.NullMarked;
