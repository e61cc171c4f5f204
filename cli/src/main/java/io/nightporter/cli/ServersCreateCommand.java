package io.nightporter.cli;

import io.nightporter.cli.client.ApiAnswer;
import io.nightporter.cli.client.ApiClient;
import io.nightporter.cli.client.ApiException;
import io.nightporter.cli.client.ApiPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

@Command(
    name = "create",
    description = "Make a server, from a file, from options, or both; options come before what the file says."
)
final class ServersCreateCommand implements Callable<Integer> {

    @ParentCommand
    private ServersCommand servers = new ServersCommand();

    @Parameters(paramLabel = "NAME", description = "What it is to be called.")
    private String name = "";

    @Option(
        names = "-f",
        paramLabel = "FILE",
        description = "What would stand under fleet.servers.NAME, as YAML or JSON; - is standard input."
    )
    private @Nullable Path file;

    @Option(names = "--image", paramLabel = "IMAGE", description = "The Docker image.")
    private @Nullable String image;

    @Option(names = "--memory", paramLabel = "SIZE", description = "Such as 4GiB.")
    private @Nullable String memory;

    @Option(names = "--node", paramLabel = "NODE", description = "Where it runs; a fitting one if left out.")
    private @Nullable String node;

    @Option(names = "--host", paramLabel = "HOSTNAME", description = "A hostname that leads there; may be repeated.")
    private List<String> hosts = List.of();

    @Option(names = "--env", paramLabel = "KEY=VALUE", description = "Of its environment; may be repeated.")
    private Map<String, String> environment = new LinkedHashMap<>();

    @Option(names = "--pay-per-use", description = "Let it sleep when nobody plays.")
    private boolean payPerUse;

    @Option(
        names = "--set",
        paramLabel = "KEY=VALUE",
        description = "Any other key, such as idleAfter=10m or sleep.pauseAfter=5m; the value is YAML. May be repeated."
    )
    private Map<String, String> others = new LinkedHashMap<>();

    @Override
    public Integer call() throws ApiException, IOException, InterruptedException {
        WrittenBlock block;
        try {
            block = block();
        } catch (IllegalArgumentException e) {
            throw servers.wrong(String.valueOf(e.getMessage()));
        }
        if (block.isEmpty()) {
            throw servers.wrong("say what the server is, by options such as --image or by a file with -f");
        }
        try (ApiClient api = servers.connect()) {
            if (exists(api)) {
                throw new ApiException(
                    ApiException.Reason.REFUSED,
                    "there is a server " + name + " already; change it with `nightporter servers edit " + name + "`"
                );
            }
            ApiAnswer answer = Writing.send(servers, file, () -> api.put(ApiPath.of("servers", name), block.body()));
            servers.tell(answer.body(), name + ": created");
            return ExitCode.DONE;
        }
    }

    private WrittenBlock block() throws IOException {
        WrittenBlock block = file == null ? WrittenBlock.empty() : WrittenBlock.of(file);
        return block
            .put("hosts", hosts.isEmpty() ? null : array(hosts))
            .put("image", image == null ? null : WrittenBlock.text(image))
            .put("memory", memory == null ? null : WrittenBlock.text(memory))
            .put("node", node == null ? null : WrittenBlock.text(node))
            .putTexts("env", environment)
            .put("payPerUse", payPerUse ? JsonMapper.shared().getNodeFactory().booleanNode(true) : null)
            .putAll(others);
    }

    private static ArrayNode array(List<String> texts) {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        texts.forEach(array::add);
        return array;
    }

    private boolean exists(ApiClient api) throws ApiException, InterruptedException {
        try {
            api.get(ApiPath.of("servers", name));
            return true;
        } catch (ApiException e) {
            if (e.reason() == ApiException.Reason.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }
}
