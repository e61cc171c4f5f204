package io.nightporter.e2e;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network of its own for servers, one cable away: what listens at {@link #address} there can be reached from here. Its
 * firewall can be told to drop everything, in both directions and without a word. Linux only; needs the rights of root,
 * ip (iproute2) and nft (nftables).
 */
public final class NetworkNamespace implements AutoCloseable {

    private static final Pattern DROPPED = Pattern.compile("counter packets (\\d+)");

    private final String name;
    private final String network;

    private NetworkNamespace(long process, int number) {
        name = "np" + process + "_" + number;
        // Of the network for measurements of RFC 2544, which is nobody's. Two for each process that may run this.
        network = "198.%d.%d.".formatted(18 + number, process % 256);
    }

    /** A new one. Where there cannot be one the test is skipped, but never in CI. */
    public static NetworkNamespace open() {
        return open(0);
    }

    /** @param number 0 or 1: there can be two at a time */
    public static NetworkNamespace open(int number) {
        var space = new NetworkNamespace(ProcessHandle.current().pid(), number);
        try {
            space.build();
            return space;
        } catch (IOException e) {
            space.close();
            String message =
                "Servers cannot be given a network namespace here, which needs root, iproute2 and nftables: " +
                e.getMessage();
            if (System.getenv("CI") != null) {
                throw new IllegalStateException(message, e);
            }
            return abort(message);
        }
    }

    private void build() throws IOException {
        run("", "ip", "netns", "add", name);
        run("", "ip", "link", "add", name + "a", "type", "veth", "peer", "name", name + "b", "netns", name);
        run("", "ip", "address", "add", network + "1/30", "dev", name + "a");
        run("", "ip", "link", "set", name + "a", "up");
        run("", "ip", "-n", name, "address", "add", address() + "/30", "dev", name + "b");
        run("", "ip", "-n", name, "link", "set", name + "b", "up");
        run("", "ip", "-n", name, "link", "set", "lo", "up");
        firewall(
            """
            table inet cut {
              chain in { type filter hook input priority 0; }
              chain out { type filter hook output priority 0; }
            }
            """
        );
    }

    /** Where servers in it have to listen. */
    public String address() {
        return network + "2";
    }

    /** The address of this machine as it is seen from there. */
    public String ourAddress() {
        return network + "1";
    }

    /** The file that {@code nsenter --net} wants. */
    public Path path() {
        return Path.of("/var/run/netns", name);
    }

    /** The cable is pulled out. Unlike {@link #cut} this holds for containers in there too. */
    public void unplug() {
        link("down");
    }

    public void plug() {
        link("up");
    }

    private void link(String state) {
        try {
            run("", "ip", "link", "set", name + "a", state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What has to stand before a command so that it runs in there. */
    public List<String> entrance() {
        return List.of("ip", "netns", "exec", name);
    }

    /** From now on nothing goes in and nothing comes out; nobody is told. */
    public void cut() {
        tellFirewall(
            """
            add rule inet cut in counter drop
            add rule inet cut out counter drop
            """
        );
    }

    /** Takes the rules away. */
    public void mend() {
        tellFirewall(
            """
            flush chain inet cut in
            flush chain inet cut out
            """
        );
    }

    private void tellFirewall(String rules) {
        try {
            firewall(rules);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void firewall(String rules) throws IOException {
        inside(rules, "nft", "-f", "-");
    }

    /** How many packets the rules have dropped since {@link #cut}. */
    public long dropped() {
        try {
            Matcher counters = DROPPED.matcher(inside("", "nft", "list", "table", "inet", "cut"));
            return counters
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String inside(String input, String... command) throws IOException {
        List<String> whole = new ArrayList<>(entrance());
        whole.addAll(List.of(command));
        return run(input, whole.toArray(String[]::new));
    }

    private static String run(String input, String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.outputWriter()) {
            out.write(input);
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("%s: %s".formatted(String.join(" ", command), said));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return said;
    }

    /** The processes in it must have ended. */
    @Override
    public void close() {
        // The cable would go with the network, but not at once: the next one has the same name.
        delete("ip", "link", "delete", name + "a");
        delete("ip", "netns", "delete", name);
    }

    private static void delete(String... command) {
        try {
            run("", command);
        } catch (IOException _) {
            // It was never made.
        }
    }
}
