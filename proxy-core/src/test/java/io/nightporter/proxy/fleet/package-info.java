@NullMarked
package io.nightporter.proxy.fleet;

import org.jspecify.annotations.NullMarked;
