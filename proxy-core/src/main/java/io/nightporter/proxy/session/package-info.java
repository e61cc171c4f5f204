/** A player's stay, from the login to the goodbye: on a server, in the waiting room, and between them. */
@NullMarked
package io.nightporter.proxy.session;

import org.jspecify.annotations.NullMarked;
