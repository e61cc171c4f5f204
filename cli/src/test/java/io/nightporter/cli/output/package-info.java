@NullMarked
package io.nightporter.cli.output;

import org.jspecify.annotations.NullMarked;
