/** From a hostname to a server, and from a server to one of its addresses. */
@NullMarked
package io.nightporter.proxy.routing;

import org.jspecify.annotations.NullMarked;
