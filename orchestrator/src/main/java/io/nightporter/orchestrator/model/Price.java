package io.nightporter.orchestrator.model;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * An amount of money for a time, such as {@code 0.012 EUR/h}.
 *
 * @param amount zero or more
 * @param currency three capital letters, as ISO 4217 has them
 */
public record Price(BigDecimal amount, String currency, Per per) {
    /** The time that the amount is for. */
    public enum Per {
        HOUR("h"),
        MONTH("month");

        private final String sign;

        Per(String sign) {
            this.sign = sign;
        }

        /** As it is written behind the slash. */
        public String sign() {
            return sign;
        }
    }

    public Price {
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("a price below zero: " + amount);
        }
        if (!currency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("not a currency: " + currency + "; write three letters such as EUR");
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %s/%s", amount.toPlainString(), currency, per.sign);
    }
}
