package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;

/** A player and where it stood before its server went. */
record Fallen(StayingPlayer player, int since, int worlds) {
    static Fallen of(StayingPlayer player) {
        return new Fallen(player, player.now(), player.worlds());
    }

    /** The player sees that it waits, still has its world, and does not get away. */
    void isHeld(boolean hasBossBars) {
        JsonNode title = player.await(since, "title");
        assertThat(title.path("text").asString("")).isNotEmpty();
        if (hasBossBars) {
            player.await(since, "bar");
        }
        JsonNode putBack = player.await(since, "placed");
        assertThat(putBack.path("y").asDouble()).as("the height of %s", player.name()).isBetween(30.0, 100.0);
        if (putBack.has("chunks")) {
            assertThat(putBack.path("chunks").asInt()).as("chunks of %s", player.name()).isPositive();
        }
        assertThat(player.worlds()).as("worlds that %s has seen", player.name()).isEqualTo(worlds);
    }

    /** The player has entered this many worlds since, sees nothing of the waiting any more, and can talk. */
    void isBack(int entered, boolean hasBossBars) {
        assertThat(isBack(hasBossBars)).as("worlds entered by %s", player.name()).isEqualTo(entered);
    }

    /** The same, however it got back: how many worlds it has entered since. */
    int isBack(boolean hasBossBars) {
        player.await(since, "no title");
        if (hasBossBars) {
            player.await(since, "no bar", bar -> bar.path("bars").asInt() == 0);
        }
        player.chats();
        return player.worlds() - worlds;
    }
}
