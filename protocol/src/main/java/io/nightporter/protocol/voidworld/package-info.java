/** A world without anything in it, made by the proxy itself for players whose server is away: what clients are told. */
@NullMarked
package io.nightporter.protocol.voidworld;

import org.jspecify.annotations.NullMarked;
