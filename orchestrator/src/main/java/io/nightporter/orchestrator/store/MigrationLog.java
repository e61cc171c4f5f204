package io.nightporter.orchestrator.store;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Flyway tells of its work is for who looks for an error; what goes wrong is thrown as well. */
public final class MigrationLog implements LogCreator {

    /** Flyway makes it, by its name. */
    public MigrationLog() {}

    @Override
    public Log createLogger(Class<?> subject) {
        Logger log = LoggerFactory.getLogger(subject);
        return new Log() {
            @Override
            public void debug(String message) {
                log.trace("{}", message);
            }

            @Override
            public void info(String message) {
                log.debug("{}", message);
            }

            @Override
            public void warn(String message) {
                log.warn("{}", message);
            }

            @Override
            public void error(String message) {
                log.debug("{}", message);
            }

            @Override
            public void error(String message, Exception e) {
                log.debug("{}", message, e);
            }

            @Override
            public void notice(String message) {
                log.debug("{}", message);
            }
        };
    }
}
