package io.nightporter.proxy.yaml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML into {@link Node}s that know their lines.
 *
 * <p>Anchors, aliases and tags are refused: a configuration has no use for them, an unquoted {@code *} or {@code &}
 * is nearly always a forgotten quote, and without aliases a small file cannot unfold into a huge one.
 */
public final class YamlText {

    private static final int MAX_DEPTH = 32;
    private static final int MAX_CHARACTERS = 1 << 20;

    private final Iterator<Event> events;

    private YamlText(Iterator<Event> events) {
        this.events = events;
    }

    /** Reads the only document in the file, which is in UTF-8. */
    public static Node read(Path file) throws YamlSyntaxException {
        return read(text(file));
    }

    private static String text(Path file) throws YamlSyntaxException {
        try {
            byte[] bytes = Files.readAllBytes(file);
            var decoded = CharBuffer.allocate(bytes.length);
            ByteBuffer in = ByteBuffer.wrap(bytes);
            CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, decoded, true);
            decoded.flip();
            if (result.isError()) {
                int line =
                    1 +
                    (int) decoded
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
                throw new YamlSyntaxException(line, "a character is not in UTF-8; save the file in that encoding");
            }
            String text = decoded.toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (NoSuchFileException _) {
            throw new YamlSyntaxException(
                0,
                "there is no such file (looked for " + file.toAbsolutePath().normalize() + ")"
            );
        } catch (IOException e) {
            String reason = Files.isDirectory(file) ? "is a folder, not a file" : "cannot be read: " + e;
            throw new YamlSyntaxException(0, reason);
        }
    }

    /** Reads the only document in the text; a text without content is an empty mapping. */
    public static Node read(String text) throws YamlSyntaxException {
        if (text.length() > MAX_CHARACTERS) {
            throw new YamlSyntaxException(0, "larger than a configuration may be (1 MiB)");
        }
        try {
            var settings = LoadSettings.builder().setUseMarks(true).build();
            return new YamlText(new Parse(settings).parseString(text).iterator()).document();
        } catch (MarkedYamlEngineException e) {
            throw syntaxError(e);
        } catch (ReaderException e) {
            long line =
                1 +
                text
                    .codePoints()
                    .limit(e.getPosition())
                    .filter(c -> c == '\n')
                    .count();
            String character = String.format(Locale.ROOT, "U+%04X", e.getCodePoint());
            throw new YamlSyntaxException(
                (int) line,
                "not valid YAML: the character " + character + " may not stand there"
            );
        } catch (YamlEngineException e) {
            throw new YamlSyntaxException(0, "not valid YAML: " + e.getMessage());
        }
    }

    private Node document() throws YamlSyntaxException {
        Node root = new Node.Mapping(1, List.of());
        int documents = 0;
        while (true) {
            Event event = events.next();
            switch (event) {
                case StreamEndEvent _ -> {
                    return root;
                }
                case DocumentStartEvent start -> {
                    documents++;
                    if (documents > 1) {
                        throw new YamlSyntaxException(
                            line(start.getStartMark()),
                            "a second document begins here; everything belongs into one (remove the line '---')"
                        );
                    }
                }
                case NodeEvent node -> root = node(node, 0);
                default -> {
                }
            }
        }
    }

    private Node node(Event event, int depth) throws YamlSyntaxException {
        int line = line(event.getStartMark());
        if (depth > MAX_DEPTH) {
            throw new YamlSyntaxException(line, "nested too deeply");
        }
        if (event instanceof AliasEvent alias) {
            throw new YamlSyntaxException(line, asterisk("*" + alias.getAlias().getValue()));
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            String anchor = "&" + node.getAnchor().get().getValue();
            throw new YamlSyntaxException(
                line,
                "'" + anchor + "' without quotes is a YAML anchor, which is not used here; put a text with & in quotes"
            );
        }
        return switch (event) {
            case ScalarEvent scalar -> {
                refuseTag(scalar.getTag(), line);
                yield new Node.Scalar(line, scalar.getValue(), scalar.isPlain());
            }
            case CollectionStartEvent start -> {
                refuseTag(start.getTag(), line);
                yield start instanceof MappingStartEvent ? mapping(line, depth) : sequence(line, depth);
            }
            default -> throw new IllegalStateException("a value cannot begin with " + event.getEventId());
        };
    }

    private Node.Sequence sequence(int line, int depth) throws YamlSyntaxException {
        List<Node> items = new ArrayList<>();
        for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return new Node.Sequence(line, List.copyOf(items));
    }

    private Node.Mapping mapping(int line, int depth) throws YamlSyntaxException {
        List<Node.Entry> entries = new ArrayList<>();
        for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
            if (!(node(event, depth + 1) instanceof Node.Scalar key)) {
                throw new YamlSyntaxException(line(event.getStartMark()), "a key must be a plain word");
            }
            entries.add(new Node.Entry(key.line(), key.text(), node(events.next(), depth + 1)));
        }
        return new Node.Mapping(line, List.copyOf(entries));
    }

    private static void refuseTag(Optional<String> tag, int line) throws YamlSyntaxException {
        if (tag.isPresent()) {
            throw new YamlSyntaxException(
                line,
                "YAML tags ('!…') are not used here; put a text that begins with ! in quotes"
            );
        }
    }

    private static YamlSyntaxException syntaxError(MarkedYamlEngineException e) {
        int line = line(e.getProblemMark().or(e::getContextMark));
        String context = e.getContext() == null ? "" : e.getContext();
        if (context.contains("scanning an alias")) {
            return new YamlSyntaxException(line, asterisk("*"));
        }
        String problem = e.getProblem() == null ? "" : e.getProblem();
        if (problem.contains("\\t(TAB)")) {
            return new YamlSyntaxException(line, "not valid YAML: a tab stands here; indent with spaces");
        }
        String where = e
            .getContextMark()
            .map(mark -> " (in what begins on line " + line(Optional.of(mark)) + ")")
            .orElse("");
        String what = context.isEmpty() ? problem : context + ", " + problem;
        return new YamlSyntaxException(line, "not valid YAML: " + what.replaceAll("\\s+", " ").strip() + where);
    }

    private static String asterisk(String seen) {
        return "'" + seen + "' without quotes is a YAML alias, which is not used here; put hostnames with * in quotes";
    }

    private static int line(Optional<Mark> mark) {
        return mark.map(m -> m.getLine() + 1).orElse(0);
    }
}
