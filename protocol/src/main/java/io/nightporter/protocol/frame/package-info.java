/** Joining frames and packets: lengths, compression, encryption. */
@NullMarked
package io.nightporter.protocol.frame;

import org.jspecify.annotations.NullMarked;
