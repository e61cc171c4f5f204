/** The configuration file: its shape, its loader, its errors, its reload. */
@NullMarked
package io.nightporter.proxy.config;

import org.jspecify.annotations.NullMarked;
