@NullMarked
package io.nightporter.proxy.player;

import org.jspecify.annotations.NullMarked;
