/** From the first login packet to a player in the game. */
@NullMarked
package io.nightporter.proxy.login;

import org.jspecify.annotations.NullMarked;
