/** Text components as each version writes them. */
@NullMarked
package io.nightporter.protocol.text;

import org.jspecify.annotations.NullMarked;
