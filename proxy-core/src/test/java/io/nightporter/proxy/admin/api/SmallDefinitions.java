package io.nightporter.proxy.admin.api;

import io.nightporter.orchestrator.model.CostOptimization;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Plan;
import io.nightporter.orchestrator.model.Resources;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.WakeRules;
import io.nightporter.orchestrator.model.Workload;
import io.nightporter.proxy.admin.route.ApiException;
import io.nightporter.proxy.admin.route.Bodies;
import io.nightporter.proxy.config.ConfigurationException;
import io.nightporter.proxy.config.ConfigurationProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Definitions in JSON, of the few keys that the tests write. */
final class SmallDefinitions implements DefinitionReader {

    private static final Set<String> KEYS = Set.of(
        "image",
        "node",
        "payPerUse",
        "owners",
        "motd",
        "env",
        "sleep",
        "wake"
    );

    private static JsonNode json(String text) throws ConfigurationException {
        try {
            return Bodies.read(text);
        } catch (ApiException e) {
            throw wrong("", String.valueOf(e.getMessage()));
        }
    }

    private static ConfigurationException wrong(String key, String message) {
        return new ConfigurationException(List.of(new ConfigurationProblem("body", 1, key, message)));
    }

    @Override
    public ServerDefinition server(String name, String text, ManagedBy by) throws ConfigurationException {
        return server(name, json(text), by);
    }

    private static ServerDefinition server(String name, JsonNode block, ManagedBy by) throws ConfigurationException {
        for (String key : block.propertyNames()) {
            if (!KEYS.contains(key)) {
                throw wrong("fleet.servers." + name + "." + key, "unknown key");
            }
        }
        List<String> owners = new ArrayList<>();
        block.path("owners").forEach(owner -> owners.add(owner.asString()));
        List<String> needs = new ArrayList<>();
        block
            .path("wake")
            .path("needs")
            .forEach(need -> needs.add(need.asString()));
        return ServerDefinition.named(name, new Workload.Image(block.path("image").asString("itzg"), Map.of()))
            .node(block.path("node").asString("n1"))
            .plan(new Plan(block.path("payPerUse").asBoolean(true), CostOptimization.OFF, null))
            .owners(owners)
            .wake(new WakeRules(new WakeRules.Everyone(), needs))
            .managedBy(by)
            .written(block.toString())
            .build();
    }

    @Override
    public NodeDefinition node(String name, String text, ManagedBy by) throws ConfigurationException {
        JsonNode block = json(text);
        if (!block.has("driver")) {
            throw wrong("fleet.nodes." + name, "the key driver is missing");
        }
        return new NodeDefinition(
            name,
            by,
            block.get("driver").asString(),
            null,
            Map.of(),
            null,
            Resources.UNLIMITED,
            null,
            false
        );
    }

    @Override
    public Batch batch(String text, ManagedBy by) throws ConfigurationException {
        JsonNode all = json(text);
        List<NodeDefinition> nodes = new ArrayList<>();
        for (Map.Entry<String, JsonNode> node : all.path("nodes").properties()) {
            nodes.add(node(node.getKey(), node.getValue().toString(), by));
        }
        List<ServerDefinition> servers = new ArrayList<>();
        for (Map.Entry<String, JsonNode> server : all.path("servers").properties()) {
            servers.add(server(server.getKey(), server.getValue(), by));
        }
        return new Batch(nodes, servers);
    }
}
