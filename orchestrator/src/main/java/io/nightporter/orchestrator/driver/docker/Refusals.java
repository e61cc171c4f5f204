package io.nightporter.orchestrator.driver.docker;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotModifiedException;
import io.nightporter.orchestrator.driver.BadDefinitionException;
import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.InstanceNotFoundException;
import io.nightporter.orchestrator.driver.NameTakenException;
import io.nightporter.orchestrator.driver.NodeRefusedException;
import io.nightporter.orchestrator.driver.PreparationException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What an engine says when it says no, and what to do about it. Engines tell most reasons in words only. */
final class Refusals {

    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private static final Pattern MESSAGE = Pattern.compile("\"message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final int LONGEST = 500;

    private final String node;

    Refusals(String node) {
        this.node = node;
    }

    /** @param instance the name or handle that the call was about */
    DriverException of(String instance, DockerException refusal) {
        String reason = words(refusal);
        String lower = reason.toLowerCase(Locale.ROOT);
        int status = refusal.getHttpStatus();
        if (lower.contains("no such container")) {
            return new InstanceNotFoundException(node, instance);
        }
        if (lower.contains("is already in use by container")) {
            return new NameTakenException(node, instance);
        }
        if (lower.contains("no such image")) {
            return new PreparationException(
                node,
                "image of " + instance,
                reason,
                "It was removed on the node in the meantime; start the server again to have it fetched.",
                true,
                refusal
            );
        }
        String definition = definition(lower, status);
        if (definition != null) {
            return new BadDefinitionException(
                "node " + node + " cannot run " + instance + ": " + reason,
                definition,
                refusal
            );
        }
        return new NodeRefusedException(node, reason, remedy(lower, status), refusal);
    }

    /** What was asked for is so, or is being done. Statuses differ between engines, and between what they refuse. */
    static boolean isSoAlready(DockerException refusal) {
        if (refusal instanceof NotModifiedException) {
            return true;
        }
        String lower = words(refusal).toLowerCase(Locale.ROOT);
        return (
            lower.contains("already paused") ||
            lower.contains("not paused") ||
            lower.contains("cannot resume a stopped") ||
            lower.contains("already in progress")
        );
    }

    static boolean isNotRunning(DockerException refusal) {
        return words(refusal).toLowerCase(Locale.ROOT).contains("is not running");
    }

    /** What to write instead, if it is the definition that is wrong. */
    private static @Nullable String definition(String lower, int status) {
        if (lower.contains("network") && (status == NOT_FOUND || lower.contains("not found"))) {
            return "Make that network there with `docker network create`, or name another one.";
        }
        if (lower.contains("executable file not found") || lower.contains("exec format error")) {
            return "The image has no such program for this kind of processor: correct the server's command, or take another image.";
        }
        if (lower.contains("range of cpus") || lower.contains("cpus available")) {
            return "Give the server fewer cores, or another node.";
        }
        if (lower.contains("memory limit")) {
            return "Give the server more memory.";
        }
        if (lower.contains("mount") && (lower.contains("invalid") || lower.contains("not a directory"))) {
            return "Correct the server's data folder.";
        }
        return status == BAD_REQUEST ? "Correct the server's definition." : null;
    }

    private static String remedy(String lower, int status) {
        if (lower.contains("port is already allocated") || lower.contains("address already in use")) {
            return "Something else uses that port of the node: stop it, or give the server another port.";
        }
        if (lower.contains("no space left") || lower.contains("disk quota")) {
            return "Free some room where the engine keeps its data; `docker system df` shows what uses it.";
        }
        if (lower.contains("cannot allocate memory") || lower.contains("out of memory")) {
            return "Free some memory there, or give the server another node.";
        }
        if (lower.contains("cannot assign requested address")) {
            return "The node's setting `publish` must be an address that the node has.";
        }
        if (lower.contains("logging driver does not support reading")) {
            return "Use the log driver json-file or local for that container.";
        }
        if (
            lower.contains("is not running") ||
            lower.contains("running container") ||
            lower.contains("paused container") ||
            lower.contains("stopped container")
        ) {
            return "Look at what it does there with `docker ps -a`; somebody else may have started or stopped it.";
        }
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            return "Allow it in the engine's authorization plugin, or use other certificates.";
        }
        return "Look into the engine's log on that machine, such as with `journalctl -u docker`.";
    }

    /** What the engine said, in its own words, without a full stop. */
    static String words(Throwable refusal) {
        String text = String.valueOf(refusal.getMessage());
        Matcher matcher = MESSAGE.matcher(text);
        if (matcher.find()) {
            text = matcher.group(1).replace("\\\"", "\"").replace("\\n", " ").replace("\\\\", "\\");
        }
        return plain(text);
    }

    /** One line of bounded length, without a full stop at its end. */
    static String plain(String text) {
        String line = text.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
        if (line.length() > LONGEST) {
            line = line.substring(0, LONGEST) + "…";
        }
        while (line.endsWith(".") || line.endsWith(":")) {
            line = line.substring(0, line.length() - 1).stripTrailing();
        }
        return line;
    }

    /** Why there is no connection, in words for people. */
    static String reason(Endpoint endpoint, @Nullable Throwable trouble) {
        String ofTunnel = endpoint.tunnel() == null ? null : endpoint.tunnel().trouble();
        if (ofTunnel != null) {
            return ofTunnel;
        }
        Throwable root = trouble;
        for (Throwable at = trouble; at != null && root != null; at = at.getCause()) {
            root = at;
            if (at instanceof SSLException) {
                break;
            }
        }
        String where = "unix".equals(endpoint.uri().getScheme())
            ? endpoint.uri().getPath()
            : endpoint.uri().getHost() + ":" + endpoint.uri().getPort();
        String said = root == null ? "" : plain(String.valueOf(root.getMessage()));
        String lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("no such file")) {
            return "there is no socket " + where + ", so no engine runs there, or it listens elsewhere";
        }
        if (lower.contains("permission denied")) {
            return (
                "Nightporter may not use " + where + "; its user has to be in the group that owns it, often `docker`"
            );
        }
        return switch (root) {
            case SSLException _ -> "the TLS handshake with " + where + " failed (" + said + "); check ca, cert and key";
            case UnknownHostException _ -> "no address is known for " + where;
            case ConnectException _ -> "the connection to " + where + " was not accepted (" + said + ")";
            case SocketTimeoutException _ -> where + " does not answer";
            case null -> "the connection to " + where + " broke";
            default -> "the connection to " +
                where +
                " broke (" +
                (said.equals("null") ? root.getClass().getSimpleName() : said) +
                ")";
        };
    }
}
