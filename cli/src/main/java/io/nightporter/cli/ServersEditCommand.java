package io.nightporter.cli;

import io.nightporter.cli.client.ApiAnswer;
import io.nightporter.cli.client.ApiBody;
import io.nightporter.cli.client.ApiClient;
import io.nightporter.cli.client.ApiException;
import io.nightporter.cli.client.ApiPath;
import io.nightporter.cli.output.Format;
import io.nightporter.cli.output.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;

@Command(name = "edit", description = "Change a server: in your editor (VISUAL or EDITOR), or by --set and --unset.")
final class ServersEditCommand implements Callable<Integer> {

    @ParentCommand
    private ServersCommand servers = new ServersCommand();

    @Parameters(paramLabel = "NAME", description = "The server's name.")
    private String name = "";

    @Option(
        names = "--set",
        paramLabel = "KEY=VALUE",
        description = "A key, such as memory=8GiB or env.TYPE=PAPER; the value is YAML. May be repeated."
    )
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--unset", paramLabel = "KEY", description = "Take a key away. May be repeated.")
    private List<String> unset = List.of();

    @Override
    public Integer call() throws ApiException, IOException, InterruptedException {
        try (ApiClient api = servers.connect()) {
            return set.isEmpty() && unset.isEmpty() ? edit(api) : patch(api);
        }
    }

    private ApiPath path() {
        return ApiPath.of("servers", name);
    }

    private int patch(ApiClient api) throws ApiException, InterruptedException {
        WrittenBlock change = WrittenBlock.empty();
        try {
            change.putAll(set);
            unset.forEach(change::unset);
        } catch (IllegalArgumentException e) {
            throw servers.wrong(String.valueOf(e.getMessage()));
        }
        ApiAnswer answer = Writing.send(servers, null, () -> api.patch(path(), ApiBody.mergePatch(change.tree())));
        servers.tell(answer.body(), name + ": changed");
        return ExitCode.DONE;
    }

    private int edit(ApiClient api) throws ApiException, IOException, InterruptedException {
        JsonNode before = definition(api);
        try (EditedFile file = EditedFile.create(name, Format.asYaml(before))) {
            while (true) {
                file.edit();
                if (file.isUnchanged()) {
                    servers.out().println(name + ": not changed");
                    return ExitCode.DONE;
                }
                try {
                    ApiAnswer answer = put(api, before, file);
                    servers.tell(answer.body(), name + ": changed");
                    return ExitCode.DONE;
                } catch (ApiException e) {
                    servers.err().println("nightporter: " + LineFormatter.oneLine(String.valueOf(e.getMessage())));
                    Writing.explain(servers.err(), "line", e.problems());
                    if (!wantsToEditAgain()) {
                        servers.err().println("nightporter: what you wrote is kept in " + file.keep());
                        servers.err().flush();
                        return Failures.exitCode(e);
                    }
                }
            }
        }
    }

    private JsonNode definition(ApiClient api) throws ApiException, InterruptedException {
        return api.get(path()).path("definition");
    }

    private ApiAnswer put(ApiClient api, JsonNode before, EditedFile file)
        throws ApiException, IOException, InterruptedException {
        if (!definition(api).equals(before)) {
            throw new ApiException(
                ApiException.Reason.REFUSED,
                "somebody else has changed " + name + " while you edited it; begin again from what is there now"
            );
        }
        return api.put(path(), ApiBody.yaml(file.text()));
    }

    private boolean wantsToEditAgain() {
        if (!Terminal.canAsk()) {
            return false;
        }
        servers.err().print("Edit again? [Y/n] ");
        servers.err().flush();
        var answers = new Scanner(System.in, StandardCharsets.UTF_8);
        return answers.hasNextLine() && !answers.nextLine().strip().toLowerCase(Locale.ROOT).startsWith("n");
    }
}
