/** The proxy as a whole: put together, started, reloaded, stopped. */
@NullMarked
package io.nightporter.proxy;

import org.jspecify.annotations.NullMarked;
