@NullMarked
package io.nightporter.proxy.backend;

import org.jspecify.annotations.NullMarked;
