package io.nightporter.cli;

/** What the program tells the shell; a promise to scripts. */
final class ExitCode {

    static final int DONE = 0;
    static final int FAILED = 1;

    /** Wrong usage or a wrong configuration. */
    static final int USAGE = 2;

    /** Nightporter's admin address does not answer. */
    static final int NOT_REACHABLE = 3;

    static final int NOT_ALLOWED = 4;
    static final int NOT_FOUND = 5;

    /** As shells say it of a program that SIGINT ended. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
