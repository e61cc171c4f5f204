package io.nightporter.cli;

import io.nightporter.protocol.frame.Zlib;
import io.nightporter.protocol.version.ProtocolVersions;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "version", description = "Say which version this is and which Minecraft versions it knows.")
final class VersionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        ProtocolVersions known = ProtocolVersions.builtIn();
        spec.commandLine()
            .getOut()
            .printf(
                "nightporter %s (Minecraft %s to %s, Java %s, compression by %s)%n",
                version(),
                known.all().getFirst().releases().getFirst(),
                known.newest().newestRelease(),
                Runtime.version(),
                Zlib.implementation()
            );
        return ExitCode.DONE;
    }

    /** What the build wrote into the jar; classes that were never packaged have no version. */
    static String version() {
        @Nullable
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
