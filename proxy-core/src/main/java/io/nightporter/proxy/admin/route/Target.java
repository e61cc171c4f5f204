package io.nightporter.proxy.admin.route;

import io.nightporter.proxy.config.Spelling;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what is asked for: the path's segments and the parameters behind the question mark. */
final class Target {

    private static final int MAX_LENGTH = 256;

    private Target() {}

    /** The segments of the path, with what was written as percent signs. A slash in a segment is no border. */
    static List<String> path(URI uri) throws ApiException {
        List<String> segments = new ArrayList<>();
        for (String raw : Route.segments(uri.getRawPath())) {
            segments.add(decode(raw.replace("+", "%2B")));
        }
        return List.copyOf(segments);
    }

    private static String decode(String raw) throws ApiException {
        String text;
        try {
            text = URLDecoder.decode(raw, StandardCharsets.ISO_8859_1);
            text = StandardCharsets.UTF_8.newDecoder()
                .decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)))
                .toString();
        } catch (IllegalArgumentException | CharacterCodingException _) {
            throw ApiException.badRequest("The address has percent signs that make no sense; write UTF-8.");
        }
        if (text.length() > MAX_LENGTH || text.chars().anyMatch(Character::isISOControl)) {
            throw ApiException.badRequest("A name in the address is too long, or has control characters.");
        }
        return text;
    }

    static Map<String, String> query(URI uri, List<Parameter> declared) throws ApiException {
        Map<String, String> values = new HashMap<>();
        String raw = uri.getRawQuery();
        if (raw == null || raw.isEmpty()) {
            return values;
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            Parameter parameter = declared(name, declared);
            check(parameter, value);
            if (values.put(name, value) != null) {
                throw ApiException.badRequest("The parameter " + name + " is there twice; once is enough.");
            }
        }
        return values;
    }

    private static Parameter declared(String name, List<Parameter> declared) throws ApiException {
        List<String> names = declared.stream().map(Parameter::name).toList();
        int index = names.indexOf(name);
        if (index < 0) {
            throw ApiException.badRequest(
                names.isEmpty()
                    ? "There are no parameters here; leave out what is behind the question mark."
                    : "There is no parameter " +
                          Names.quoted(name) +
                          " here: " +
                          Spelling.hint(name, "parameters", names)
            );
        }
        return declared.get(index);
    }

    private static void check(Parameter parameter, String value) throws ApiException {
        switch (parameter.kind()) {
            case TEXT -> {
                // Whatever it is, it is looked for.
            }
            case NUMBER -> {
                if (!value.matches("[0-9]{1,9}") || !inRange(Integer.parseInt(value), parameter.max())) {
                    throw ApiException.badRequest(
                        "The parameter " + parameter.name() + " is a number from 1 to " + parameter.max() + "."
                    );
                }
            }
            case YES_OR_NO -> {
                if (!value.equals("true") && !value.equals("false")) {
                    throw ApiException.badRequest("The parameter " + parameter.name() + " is true or false.");
                }
            }
        }
    }

    private static boolean inRange(int value, int max) {
        return value >= 1 && value <= max;
    }
}
