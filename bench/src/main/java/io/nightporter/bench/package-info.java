/** What the wire costs, in small pieces. */
@NullMarked
package io.nightporter.bench;

import org.jspecify.annotations.NullMarked;
