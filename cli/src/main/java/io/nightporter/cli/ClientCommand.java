package io.nightporter.cli;

import io.nightporter.cli.client.AccessFinder;
import io.nightporter.cli.client.ApiClient;
import io.nightporter.cli.client.ApiException;
import io.nightporter.cli.client.ApiPath;
import io.nightporter.cli.output.Format;
import io.nightporter.cli.output.Plain;
import io.nightporter.cli.output.Table;
import io.nightporter.cli.output.Terminal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** A command that talks to a running Nightporter, or the subject that several such commands have in common. */
abstract class ClientCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
        names = "--url",
        paramLabel = "URL",
        scope = ScopeType.INHERIT,
        description = "Nightporter's admin address (NIGHTPORTER_URL; http://127.0.0.1:8080)."
    )
    private @Nullable String url;

    @Option(
        names = "--token-file",
        paramLabel = "FILE",
        scope = ScopeType.INHERIT,
        description = "The file with the token (otherwise NIGHTPORTER_TOKEN, or admin.token in the data directory)."
    )
    private @Nullable Path tokenFile;

    @Option(
        names = "--config",
        paramLabel = "FILE",
        scope = ScopeType.INHERIT,
        description = "The configuration of the Nightporter that is meant; says where its address and data directory are."
    )
    private @Nullable Path configuration;

    @Option(
        names = { "-o", "--output" },
        paramLabel = "FORMAT",
        scope = ScopeType.INHERIT,
        description = "table, json or yaml. A table becomes plain lines with tabs when it is piped."
    )
    private Format format = Format.table;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do with " + spec.name());
    }

    /** Does not connect yet. */
    ApiClient connect() throws ApiException {
        try {
            return new ApiClient(new AccessFinder(System.getenv(), Path.of("")).find(url, tokenFile, configuration));
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    /** For wrong usage. */
    ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    Terminal terminal() {
        return Terminal.ofProgram(System.getenv());
    }

    /** Whether a person reads it, and no program. */
    boolean forPeople() {
        return format == Format.table;
    }

    Format format() {
        return format;
    }

    /** Asks for something and shows it. */
    int show(ApiPath path, Function<JsonNode, Table> table) throws ApiException, InterruptedException {
        try (ApiClient api = connect()) {
            show(api.get(path), table);
            return ExitCode.DONE;
        }
    }

    /** Shows what the API said, in the form that is wanted. */
    void show(JsonNode body, Function<JsonNode, Table> table) {
        PrintWriter out = out();
        switch (format) {
            case json -> out.print(Format.asJson(body));
            case yaml -> out.print(Format.asYaml(body));
            case table -> table.apply(body).lines(terminal()).forEach(out::println);
        }
        out.flush();
    }

    /** Says that something was done, in words for people, and as the API said it otherwise. */
    void tell(JsonNode body, String words) {
        if (forPeople()) {
            out().println(Plain.text(words));
            out().flush();
        } else {
            show(body, _ -> Table.ofProperties());
        }
    }
}
