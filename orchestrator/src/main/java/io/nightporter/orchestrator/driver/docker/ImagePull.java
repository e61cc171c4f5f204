package io.nightporter.orchestrator.driver.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import com.github.dockerjava.core.NameParser;
import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.NodeRefusedException;
import io.nightporter.orchestrator.driver.PreparationException;
import io.nightporter.orchestrator.driver.PullProgress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Has an engine fetch an image, and tells how far it is: four fifths of each layer is its download, the rest unpacking. */
final class ImagePull extends ResultCallbackTemplate<ImagePull, PullResponseItem> {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);
    private static final double DOWNLOAD = 0.8;
    private static final double NEARLY = 0.99;
    private static final long MEGA = 1_000_000;

    private static final class Layer {

        private long done;
        private long total;
        private double unpacked;
    }

    private final Engine engine;
    private final String image;
    private final PullProgress progress;
    private final Map<String, Layer> layers = new HashMap<>();
    /** The library's own way to wait closes the stream when the time is up. */
    private final CountDownLatch over = new CountDownLatch(1);
    private double told;
    private @Nullable String error;

    private ImagePull(Engine engine, String image, PullProgress progress) {
        this.engine = engine;
        this.image = image;
        this.progress = progress;
    }

    /** Returns when it is there. */
    static void pull(Engine engine, String image, PullProgress progress) throws DriverException {
        new ImagePull(engine, image, progress).pull();
    }

    private void pull() throws DriverException {
        DockerClient client = engine.openStream();
        try {
            command(client).exec(this);
            while (!over.await(LOOK_EVERY.toSeconds(), TimeUnit.SECONDS)) {
                // A network that swallows everything would never end this.
                engine.call(SIGN_OF_LIFE, calls -> calls.pingCmd().exec());
            }
            throwFirstError();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw engine.unreachable("the call was interrupted", e);
        } catch (DockerException e) {
            throw failed(Refusals.words(e), e);
        } catch (RuntimeException e) {
            throw engine.unreachable(Refusals.reason(engine.endpoint(), e), e);
        } finally {
            Engine.closeQuietly(client);
        }
        String refused = error();
        if (refused != null) {
            throw failed(refused, null);
        }
        check();
        progress.at(1, "complete");
    }

    /** A stream that breaks off may look like one that is complete. */
    private void check() throws DriverException {
        try {
            engine.call(SIGN_OF_LIFE, calls -> calls.inspectImageCmd(image).exec());
        } catch (DockerException e) {
            throw failed("the connection broke off", e);
        }
    }

    @Override
    public void onComplete() {
        super.onComplete();
        over.countDown();
    }

    @Override
    public void onError(Throwable trouble) {
        super.onError(trouble);
        over.countDown();
    }

    /** Without a tag an engine would fetch all there are. */
    private PullImageCmd command(DockerClient client) {
        if (image.contains("@")) {
            return client.pullImageCmd(image);
        }
        NameParser.ReposTag name = NameParser.parseRepositoryTag(image);
        return client.pullImageCmd(name.repos).withTag(name.tag.isEmpty() ? "latest" : name.tag);
    }

    @Override
    public synchronized void onNext(PullResponseItem item) {
        ResponseItem.ErrorDetail detail = item.getErrorDetail();
        if (detail != null && detail.getMessage() != null) {
            error = detail.getMessage();
            return;
        }
        String id = item.getId();
        String status = item.getStatus();
        if (id == null || status == null || status.startsWith("Pulling from")) {
            return;
        }
        Layer layer = layers.computeIfAbsent(id, _ -> new Layer());
        ResponseItem.ProgressDetail at = item.getProgressDetail();
        Long current = at == null ? null : at.getCurrent();
        Long total = at == null ? null : at.getTotal();
        switch (status) {
            case "Downloading" -> {
                layer.total = total == null || total <= 0 ? layer.total : total;
                layer.done = current == null ? layer.done : current;
            }
            case "Verifying Checksum", "Download complete" -> layer.done = layer.total;
            case "Extracting" -> {
                layer.done = layer.total;
                layer.unpacked =
                    current == null || total == null || total <= 0 ? layer.unpacked : (double) current / total;
            }
            case "Pull complete", "Already exists" -> {
                layer.done = layer.total;
                layer.unpacked = 1;
            }
            default -> {
            }
        }
        tell();
    }

    private void tell() {
        long done = 0;
        long total = 0;
        double sum = 0;
        for (Layer layer : layers.values()) {
            done += layer.done;
            total += layer.total;
            double fetched = layer.total == 0 ? layer.unpacked : Math.min(1, (double) layer.done / layer.total);
            // Layers whose size is not known yet count as much as the others.
            sum += DOWNLOAD * fetched + (1 - DOWNLOAD) * Math.min(1, layer.unpacked);
        }
        double fraction = Math.min(NEARLY, layers.isEmpty() ? 0 : sum / layers.size());
        if (fraction >= told + 0.01) {
            told = fraction;
            String detail =
                done < total
                    ? String.format(Locale.ROOT, "%d of %d MB", done / MEGA, Math.max(1, total / MEGA))
                    : "unpacking";
            progress.at(fraction, detail);
        }
    }

    private synchronized @Nullable String error() {
        return error;
    }

    private DriverException failed(String words, @Nullable Throwable cause) {
        String reason = Refusals.plain(words);
        String lower = reason.toLowerCase(Locale.ROOT);
        String node = engine.endpoint().node();
        String what = "image " + image;
        if (lower.contains("no space left")) {
            return new NodeRefusedException(
                node,
                reason,
                "Free some room where the engine keeps its data; `docker system df` shows what uses it.",
                cause
            );
        }
        if (lower.contains("invalid reference format") || lower.contains("no matching manifest")) {
            return new PreparationException(node, what, reason, "Correct the image's name.", false, cause);
        }
        if (
            lower.contains("not found") ||
            lower.contains("manifest unknown") ||
            lower.contains("denied") ||
            lower.contains("unauthorized") ||
            lower.contains("authentication required")
        ) {
            return new PreparationException(
                node,
                what,
                reason,
                "Check its name and tag; if it is a private one, use `docker login` as the user that Nightporter runs as.",
                // A registry that cannot be found is another thing than an image that cannot.
                lower.contains("no such host") || lower.contains("server misbehaving"),
                cause
            );
        }
        return new PreparationException(
            node,
            what,
            reason,
            "Check that the node reaches the image's registry, or put the image there with `docker load`.",
            true,
            cause
        );
    }
}
