package io.nightporter.orchestrator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UlidTest {

    @Test
    void idsGrowAndDifferAlsoWithinAMillisecond() {
        var maker = new Ulid();
        Instant now = Instant.parse("2026-11-23T12:00:00Z");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(maker.next(now.plusMillis(i / 1_000)));
        }
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(ids).allMatch(id -> id.matches("[0-9A-HJKMNP-TV-Z]{26}"));
    }

    @Test
    void theTimeIsWrittenAsTheSpecificationHasIt() {
        // The example of github.com/ulid/spec: 1469918176385 is 01ARYZ6S41.
        assertThat(new Ulid().next(Instant.ofEpochMilli(1_469_918_176_385L))).startsWith("01ARYZ6S41");
    }
}
