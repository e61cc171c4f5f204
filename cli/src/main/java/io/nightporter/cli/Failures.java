package io.nightporter.cli;

import io.nightporter.cli.client.ApiException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in one line why a command could not be carried out, and by the exit code of what kind that was. */
final class Failures implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
        PrintWriter err = command.getErr();
        String message = e instanceof ApiException ? e.getMessage() : null;
        err.println("nightporter: " + LineFormatter.oneLine(message == null ? String.valueOf(e) : message));
        err.flush();
        return e instanceof ApiException api ? exitCode(api) : ExitCode.FAILED;
    }

    static int exitCode(ApiException e) {
        return switch (e.reason()) {
            case NOT_REACHABLE -> ExitCode.NOT_REACHABLE;
            case NOT_ALLOWED -> ExitCode.NOT_ALLOWED;
            case NOT_FOUND -> ExitCode.NOT_FOUND;
            case REFUSED -> ExitCode.FAILED;
        };
    }
}
