@NullMarked
package io.nightporter.proxy.relay;

import org.jspecify.annotations.NullMarked;
