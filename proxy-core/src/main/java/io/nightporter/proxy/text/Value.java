package io.nightporter.proxy.text;

/** What stands in the place of a placeholder. */
public sealed interface Value permits Words, Count {}
