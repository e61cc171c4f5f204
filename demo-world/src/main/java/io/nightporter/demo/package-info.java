/** A small friendly world to try Nightporter with: a real server, run as a child process. */
@NullMarked
package io.nightporter.demo;

import org.jspecify.annotations.NullMarked;
