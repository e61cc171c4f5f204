/** Carrying bytes between a client and a server that nobody here understands or may touch. */
@NullMarked
package io.nightporter.proxy.passthrough;

import org.jspecify.annotations.NullMarked;
