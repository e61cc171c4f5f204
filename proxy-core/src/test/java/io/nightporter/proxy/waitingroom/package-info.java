@NullMarked
package io.nightporter.proxy.waitingroom;

import org.jspecify.annotations.NullMarked;
