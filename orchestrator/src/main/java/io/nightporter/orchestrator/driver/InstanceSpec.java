package io.nightporter.orchestrator.driver;

import io.nightporter.orchestrator.model.Resources;
import io.nightporter.orchestrator.model.Workload;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an instance is to be made from.
 *
 * @param name what it is called on the node
 * @param server the server that it is of; volumes and folders without a name of their own are called after it
 * @param workload what a {@link Driver} does not know, it refuses with a {@link BadDefinitionException}
 * @param labels in addition to those that {@link #allLabels} tells
 */
public record InstanceSpec(
    String name,
    String server,
    Workload workload,
    Resources resources,
    Map<String, String> labels
) {
    public InstanceSpec {
        labels = Map.copyOf(labels);
    }

    /**
     * Changes when the instance has to be made anew for what it was defined as; 16 hexadecimal digits. Kept as the label
     * {@link Labels#SPEC}.
     */
    public String digest() {
        // A workload's own words leave out what may be secret.
        List<Object> parts = switch (workload) {
            case Workload.Image it -> Arrays.asList(
                it.image(),
                it.command(),
                it.env(),
                it.gamePort(),
                it.ports(),
                it.data(),
                it.dataPath(),
                it.stopSignal(),
                it.network()
            );
            case Workload.Command it -> Arrays.asList(
                it.command(),
                it.env(),
                it.gamePort(),
                it.ports(),
                it.directory(),
                it.stopSignal()
            );
            case Workload other -> List.of(other);
        };
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(
                (parts + " " + resources).getBytes(StandardCharsets.UTF_8)
            );
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** All labels that the instance gets. */
    public Map<String, String> allLabels() {
        var all = new TreeMap<>(labels);
        all.put(Labels.SERVER, server);
        all.put(Labels.SPEC, digest());
        return all;
    }
}
