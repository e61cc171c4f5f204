/** Finding one's way through NBT bytes without building what they claim to be. */
@NullMarked
package io.nightporter.protocol.nbt;

import org.jspecify.annotations.NullMarked;
