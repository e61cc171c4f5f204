package io.nightporter.orchestrator.driver.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.SSLConfig;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.nightporter.orchestrator.driver.BadDefinitionException;
import io.nightporter.orchestrator.driver.NodeUnreachableException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connection to an engine. The transport has no time-outs on Unix sockets, and none for looking up names, so each call
 * is made by a virtual thread of its own, which is interrupted, and thereby its connection closed, when time is up.
 */
final class Engine implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final int MAX_CONNECTIONS = 64;

    private final Endpoint endpoint;
    private final @Nullable SSLConfig tls;
    private final DockerClientConfig config;
    private final DockerClient client;

    /** Does not connect. */
    Engine(Endpoint endpoint) throws BadDefinitionException {
        this.endpoint = endpoint;
        TlsFiles files = endpoint.tls();
        this.tls = files == null ? null : files.read(endpoint.node());
        try {
            // From the environment comes nothing but where `docker login` keeps the registries' passwords.
            this.config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(endpoint.uri().toString())
                .withDockerTlsVerify(false)
                .withDockerContext("default")
                .withApiVersion((String) null)
                .build();
        } catch (RuntimeException e) {
            throw new BadDefinitionException(
                "Docker's own configuration on this machine cannot be read: " + e.getMessage(),
                "Correct ~/.docker/config.json, or let DOCKER_CONFIG name another folder.",
                e
            );
        }
        this.client = open();
    }

    Endpoint endpoint() {
        return endpoint;
    }

    private DockerClient open() {
        var builder = new ZerodepDockerHttpClient.Builder()
            .dockerHost(endpoint.uri())
            .connectionTimeout(CONNECT)
            .maxConnections(MAX_CONNECTIONS);
        if (tls != null) {
            builder.sslConfig(tls);
        }
        return DockerClientImpl.getInstance(config, builder.build());
    }

    /**
     * A client for one stream. Closing it is the only way to end a stream whose engine does not answer; the caller does.
     */
    DockerClient openStream() {
        return open();
    }

    /** The client of all calls, for streams that end by themselves. */
    DockerClient client() {
        return client;
    }

    /**
     * Asks, and waits for the answer.
     *
     * @throws NodeUnreachableException when none came in time, or the calling thread was interrupted
     * @throws DockerException when the engine says no
     */
    <T extends @Nullable Object> T call(Duration limit, Function<DockerClient, T> request)
        throws NodeUnreachableException {
        var task = new FutureTask<T>(() -> request.apply(client));
        Thread.ofVirtual()
            .name("docker-" + endpoint.node())
            .start(task);
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            task.cancel(true);
            throw unreachable("it has not answered within " + limit.toSeconds() + " s", null);
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw unreachable("the call was interrupted", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof DockerException answer) {
                throw answer;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw unreachable(Refusals.reason(endpoint, cause), cause);
        }
    }

    NodeUnreachableException unreachable(String reason, @Nullable Throwable cause) {
        return new NodeUnreachableException(endpoint.node(), reason, cause);
    }

    static void closeQuietly(DockerClient client) {
        try {
            client.close();
        } catch (IOException _) {
            // There is nothing more to do about a connection that is given up.
        }
    }

    @Override
    public void close() {
        closeQuietly(client);
    }
}
