/** The program {@code nightporter}: its commands and what starts it. */
@NullMarked
package io.nightporter.cli;

import org.jspecify.annotations.NullMarked;
