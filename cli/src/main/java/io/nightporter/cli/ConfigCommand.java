package io.nightporter.cli;

import io.nightporter.proxy.config.Configuration;
import io.nightporter.proxy.config.ConfigurationException;
import io.nightporter.proxy.config.ConfigurationLoader;
import io.nightporter.proxy.config.ConfigurationSchema;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "config", description = "Check a configuration file.")
final class ConfigCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do with the configuration");
    }

    @Command(name = "check", description = "Say everything that is wrong with a configuration file.")
    int check(@Parameters(paramLabel = "FILE", description = "The configuration file.") Path file) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            Configuration configuration = ConfigurationLoader.load(file, warning -> err.println("warning: " + warning));
            out.println(file + ": fine (" + summary(configuration) + ")");
            return ExitCode.DONE;
        } catch (ConfigurationException e) {
            e.problems().forEach(err::println);
            return ExitCode.USAGE;
        }
    }

    @Command(name = "schema", description = "Print the JSON Schema of the configuration file, for editors.")
    int schema() {
        spec.commandLine().getOut().print(ConfigurationSchema.json());
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }

    private static String summary(Configuration configuration) {
        int servers = configuration.servers().size();
        int hosts = configuration
            .servers()
            .values()
            .stream()
            .mapToInt(server -> server.hosts().size())
            .sum();
        int nodes = configuration.fleet().nodes().size();
        return (
            (nodes == 0 ? "" : "%d %s, ".formatted(nodes, plural("node", nodes))) +
            "%d %s, %d %s, ".formatted(servers, plural("server", servers), hosts, plural("hostname", hosts)) +
            (configuration.proxy().onlineMode() ? "online" : "offline") +
            " mode, listens on " +
            RunningProxy.listed(configuration.proxy().listen())
        );
    }

    private static String plural(String word, int count) {
        return count == 1 ? word : word + "s";
    }
}
