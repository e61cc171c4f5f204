/** Trees of commands: the proxy's own, alone or grafted onto a server's. */
@NullMarked
package io.nightporter.protocol.command;

import org.jspecify.annotations.NullMarked;
