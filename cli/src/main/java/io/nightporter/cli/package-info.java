<<<<<<< HEAD
/** The program {@code nightporter}: its commands and what starts it. */
=======
/** The program {@code nightporter}: its commands, its log, its signals. */
>>>>>>> config
@NullMarked
package io.nightporter.cli;

import org.jspecify.annotations.NullMarked;
