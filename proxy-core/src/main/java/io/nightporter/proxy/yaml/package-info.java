/** YAML that knows its lines. */
@NullMarked
package io.nightporter.proxy.yaml;

import org.jspecify.annotations.NullMarked;
