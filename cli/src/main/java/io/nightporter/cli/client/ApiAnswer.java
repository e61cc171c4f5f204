package io.nightporter.cli.client;

import tools.jackson.databind.JsonNode;

/**
 * What Nightporter said.
 *
 * @param status of the 200s
 * @param body an object
 */
public record ApiAnswer(int status, JsonNode body) {}
