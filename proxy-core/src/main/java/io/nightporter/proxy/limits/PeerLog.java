package io.nightporter.proxy.limits;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log for lines that anybody who can connect can cause as often as they like. All of them together have one budget
 * for the process: a flood must not fill the disk, nor hide what else happens.
 */
public final class PeerLog {

    private static final Logger log = LoggerFactory.getLogger(PeerLog.class);
    private static final int LINES_PER_SECOND = 20;
    private static final int BURST = 100;
    private static final int REPORT_SECONDS = 10;

    private static final LogBudget BUDGET = new LogBudget(
        LINES_PER_SECOND,
        BURST,
        System::nanoTime,
        CompletableFuture.delayedExecutor(REPORT_SECONDS, TimeUnit.SECONDS),
        count -> log.warn("log lines left out because there were too many count={}", count)
    );

    private final Logger logger;
    private final LogBudget budget;

    PeerLog(Logger logger, LogBudget budget) {
        this.logger = logger;
        this.budget = budget;
    }

    /** The log of a class, within the budget of the process. */
    public static PeerLog of(Class<?> source) {
        return new PeerLog(LoggerFactory.getLogger(source), BUDGET);
    }

    /** @param facts what the braces of the template stand for */
    public void info(String template, @Nullable Object... facts) {
        if (logger.isInfoEnabled() && budget.spend()) {
            logger.info(template, facts);
        }
    }

    /** @param facts what the braces of the template stand for */
    public void debug(String template, @Nullable Object... facts) {
        if (logger.isDebugEnabled() && budget.spend()) {
            logger.debug(template, facts);
        }
    }
}
