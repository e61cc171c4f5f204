package io.nightporter.proxy.text;

/** Something that a player is told: in our words, which have a translation, or in somebody else's. */
public sealed interface Words extends Value permits Message, Quote {}
