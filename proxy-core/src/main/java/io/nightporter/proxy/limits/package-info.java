/** What strangers may use up: rates per network, connections that are not players yet, log lines. */
@NullMarked
package io.nightporter.proxy.limits;

import org.jspecify.annotations.NullMarked;
