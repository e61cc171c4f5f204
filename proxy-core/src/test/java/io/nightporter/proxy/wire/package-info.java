@NullMarked
package io.nightporter.proxy.wire;

import org.jspecify.annotations.NullMarked;
