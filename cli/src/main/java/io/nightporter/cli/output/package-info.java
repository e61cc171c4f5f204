/** What commands print: tables for people, lines for pipes, JSON and YAML for programs, progress for who waits. */
@NullMarked
package io.nightporter.cli.output;

import org.jspecify.annotations.NullMarked;
