/** A client and a server on Nightporter's own codec, for versions that no client library knows and for odd behaviour. */
@NullMarked
package io.nightporter.e2e.wire;

import org.jspecify.annotations.NullMarked;
