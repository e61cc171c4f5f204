@NullMarked
package io.nightporter.proxy.limits;

import org.jspecify.annotations.NullMarked;
