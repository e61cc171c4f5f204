package io.nightporter.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;

/**
 * What the API answered.
 *
 * @param body missing where there is none
 */
public record Answer(String request, int status, JsonNode body) {
    /** This, if it has the status. */
    public Answer expect(int expected) {
        assertThat(status).as("status of %s, which says %s", request, body).isEqualTo(expected);
        return this;
    }

    /** The text at a name, "" where there is none. */
    public String text(String name) {
        return body.path(name).asString("");
    }
}
