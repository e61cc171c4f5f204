package io.nightporter.proxy.admin.route;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The routes as a document of OpenAPI 3.1. */
public final class OpenApi {

    private static final String JSON = "application/json";

    private final Schemas schemas = new Schemas();
    private final ObjectNode document = JsonMapper.shared().createObjectNode();

    private OpenApi() {}

    /** @param version Nightporter's own */
    public static ObjectNode of(List<Route> routes, String version) {
        var made = new OpenApi();
        made.write(routes, version);
        return made.document;
    }

    private void write(List<Route> routes, String version) {
        document.put("openapi", "3.1.0");
        document
            .putObject("info")
            .put("title", "Nightporter")
            .put("version", version)
            .put("description", "The admin API: servers, nodes, players, operations, events and tokens.");
        ObjectNode paths = document.putObject("paths");
        for (Route route : routes) {
            ObjectNode path = paths.has(route.template())
                ? (ObjectNode) paths.get(route.template())
                : paths.putObject(route.template());
            path.set(route.method().toLowerCase(Locale.ROOT), operation(route));
        }
        ObjectNode components = document.putObject("components");
        ObjectNode all = components.putObject("schemas");
        schemas.named().forEach(all::set);
        components
            .putObject("securitySchemes")
            .putObject("token")
            .put("type", "http")
            .put("scheme", "bearer")
            .put("description", "A token that begins with np_.");
        document.putArray("security").addObject().putArray("token");
    }

    private ObjectNode operation(Route route) {
        ObjectNode operation = JsonMapper.shared().createObjectNode();
        operation.put("operationId", id(route));
        operation.put("summary", route.summary());
        operation.put("description", route.rule().words());
        operation.putArray("tags").add(Route.segments(route.template()).get(1).replaceFirst("\\..*", ""));
        if (route.rule() == Rule.ANYBODY) {
            operation.putArray("security");
        }
        ArrayNode parameters = operation.putArray("parameters");
        for (String variable : route.variables()) {
            parameters
                .addObject()
                .put("name", variable)
                .put("in", "path")
                .put("required", true)
                .putObject("schema")
                .put("type", "string");
        }
        route.query().forEach(parameter -> parameters.add(parameter(parameter)));
        if (!route.body().isNone()) {
            operation.set("requestBody", body(route.body()));
        }
        operation.set("responses", responses(route));
        return operation;
    }

    /** Such as {@code postServersNameStart}. */
    private static String id(Route route) {
        var id = new StringBuilder(route.method().toLowerCase(Locale.ROOT));
        for (String segment : Route.segments(route.template()).subList(1, Route.segments(route.template()).size())) {
            for (String word : segment.split("[^a-zA-Z0-9]+")) {
                if (!word.isEmpty()) {
                    id.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
                }
            }
        }
        return id.toString();
    }

    private static ObjectNode parameter(Parameter parameter) {
        ObjectNode made = JsonMapper.shared().createObjectNode();
        made.put("name", parameter.name()).put("in", "query").put("description", parameter.description());
        ObjectNode schema = made.putObject("schema").put("type", parameter.kind().schema());
        if (parameter.kind() == Parameter.Kind.NUMBER) {
            schema.put("minimum", 1).put("maximum", parameter.max());
        }
        return made;
    }

    private ObjectNode body(Route.Body body) {
        ObjectNode made = JsonMapper.shared().createObjectNode().put("required", body.required());
        ObjectNode content = made.putObject("content");
        for (String type : body.documented()) {
            ObjectNode media = content.putObject(type);
            if (body.type() == null) {
                media.putObject("schema").put("type", "object");
            } else {
                media.set("schema", schemas.reference(body.type(), false));
            }
        }
        return made;
    }

    private ObjectNode responses(Route route) {
        ObjectNode responses = JsonMapper.shared().createObjectNode();
        new TreeMap<>(route.answers()).forEach((status, type) -> {
            ObjectNode response = responses.putObject(Integer.toString(status));
            response.put("description", words(status));
            ObjectNode content = response.putObject("content");
            if (route.streams() && status == 200) {
                content.putObject("text/event-stream").putObject("schema").put("type", "string");
            }
            content.putObject(JSON).set("schema", schema(type));
        });
        ObjectNode error = responses.putObject("default").put("description", "It was not done; the message says why.");
        error.putObject("content").putObject(JSON).set("schema", schemas.reference(ApiException.ErrorBody.class, true));
        return responses;
    }

    private ObjectNode schema(Class<?> type) {
        return type.isRecord()
            ? schemas.reference(type, true)
            : JsonMapper.shared().createObjectNode().put("type", "object");
    }

    private static String words(int status) {
        return switch (status) {
            case 200 -> "It is so.";
            case 201 -> "It was made.";
            case 202 -> "It is being done; follow the operation.";
            case 422 -> "What was sent is not a definition; the problems say why.";
            default -> "See the message.";
        };
    }
}
