@NullMarked
package io.nightporter.proxy;

import org.jspecify.annotations.NullMarked;
