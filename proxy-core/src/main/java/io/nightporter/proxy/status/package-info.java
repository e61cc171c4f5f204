/** What the server list is told. */
@NullMarked
package io.nightporter.proxy.status;

import org.jspecify.annotations.NullMarked;
