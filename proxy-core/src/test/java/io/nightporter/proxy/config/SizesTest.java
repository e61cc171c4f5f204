package io.nightporter.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {

    @Test
    void aUnitIs1024OfTheOneBeforeAndNoUnitMeansBytes() {
        assertThat(Sizes.parse("0")).isZero();
        assertThat(Sizes.parse("4096")).isEqualTo(4096);
        assertThat(Sizes.parse("256KiB")).isEqualTo(262_144);
        assertThat(Sizes.parse("1MiB")).isEqualTo(1_048_576);
        assertThat(Sizes.parse("4GiB")).isEqualTo(4L * 1024 * 1024 * 1024);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "KiB", "256KB", "256k", "256 KiB", "1.5MiB", "-1", "1kib", "9999999999" })
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Sizes.parse(text));
    }

    @Property
    void whatIsWrittenIsReadBack(@ForAll @LongRange(min = 0, max = 999_999_999) long bytes) {
        assertThat(Sizes.parse(Sizes.format(bytes))).isEqualTo(bytes);
        assertThat(Sizes.format(bytes)).matches(Sizes.PATTERN);
    }
}
