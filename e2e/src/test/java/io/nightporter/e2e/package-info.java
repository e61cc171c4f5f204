/** Real clients against real servers through the packaged program, all of them child processes on loopback. */
@NullMarked
package io.nightporter.e2e;

import org.jspecify.annotations.NullMarked;
