/** The packets that the proxy understands: records, each with one declared layout for all versions. */
@NullMarked
package io.nightporter.protocol.packet;

import org.jspecify.annotations.NullMarked;
