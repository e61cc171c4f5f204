package io.nightporter.proxy.text;

/** A number of things, so that a template can differ between one and several. */
public record Count(long number) implements Value {}
