/** What a protocol version is: its number, its names and its packet ids, all read from data. */
@NullMarked
package io.nightporter.protocol.version;

import org.jspecify.annotations.NullMarked;
