@NullMarked
package io.nightporter.cli.client;

import org.jspecify.annotations.NullMarked;
