package io.nightporter.orchestrator.driver;

import org.jspecify.annotations.Nullable;

/** What was defined cannot work on that node: trying again does not help, changing the definition does. */
public final class BadDefinitionException extends DriverException {

    /**
     * @param problem what is wrong, with the key that it is about, such as {@code the driver process runs no images}
     * @param remedy a sentence that says what to write instead
     */
    public BadDefinitionException(String problem, String remedy, @Nullable Throwable cause) {
        super(capital(problem) + ". " + remedy, cause);
    }

    private static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    @Override
    public boolean passing() {
        return false;
    }
}
