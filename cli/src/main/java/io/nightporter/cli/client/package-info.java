/** The admin API as its clients see it: where it is, who one is there, questions and answers. */
@NullMarked
package io.nightporter.cli.client;

import org.jspecify.annotations.NullMarked;
