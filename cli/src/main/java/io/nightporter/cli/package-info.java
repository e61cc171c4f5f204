/** The program {@code nightporter}: its commands, its log, its signals. */
@NullMarked
package io.nightporter.cli;

import org.jspecify.annotations.NullMarked;
