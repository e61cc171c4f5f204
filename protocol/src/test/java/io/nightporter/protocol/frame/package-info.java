@NullMarked
package io.nightporter.protocol.frame;

import org.jspecify.annotations.NullMarked;
