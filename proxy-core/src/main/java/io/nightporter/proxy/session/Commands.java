package io.nightporter.proxy.session;

import io.nightporter.protocol.command.CommandNode;
import io.nightporter.protocol.command.CommandTree;
import io.nightporter.protocol.packet.ChatCommand;
import io.nightporter.protocol.packet.DeclareCommands;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.ServerboundLegacyChat;
import io.nightporter.protocol.packet.TabComplete;
import io.nightporter.protocol.packet.TabCompleteResponse;
import io.nightporter.proxy.config.NetworkSettings;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.routing.Lobbies;
import io.nightporter.proxy.text.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commands of the proxy for players of a network: {@code /server}, {@code /lobby} and {@code /hub}. */
final class Commands {

    private static final Logger log = LoggerFactory.getLogger(Commands.class);
    private static final String SERVER = "server";
    private static final List<String> LOBBY = List.of("lobby", "hub");
    /** Since 1.13 the client knows the tree of all commands. */
    private static final int FIRST_WITH_TREE = 393;

    private final Session session;

    Commands(Session session) {
        this.session = session;
    }

    /** Carries out a command, if it is one of these. */
    boolean take(Packet packet) {
        NetworkSettings network = session.network();
        String line = switch (packet) {
            case ChatCommand command -> command.command();
            case ServerboundLegacyChat chat when chat.message().startsWith("/") -> chat.message().substring(1);
            default -> "";
        };
        if (network == null || line.isEmpty()) {
            return false;
        }
        String[] words = line.strip().split("\\s+", 3);
        String name = words[0].toLowerCase(Locale.ROOT);
        if (name.equals(SERVER)) {
            serverCommand(network, words);
        } else if (LOBBY.contains(name)) {
            lobbyCommand(network);
        } else {
            return false;
        }
        return true;
    }

    private void serverCommand(NetworkSettings network, String[] words) {
        if (words.length < 2) {
            list(network);
            return;
        }
        ServerSettings target = network.member(words[1]);
        if (target == null) {
            session.say(Messages.unknownServer(words[1]));
        } else if (!mayGoTo(target)) {
            session.say(Messages.noAccess(target.name()));
        } else {
            go(target);
        }
    }

    private void lobbyCommand(NetworkSettings network) {
        List<ServerSettings> lobbies = lobbies(network);
        if (lobbies.isEmpty()) {
            session.say(Messages.noLobby());
        } else if (lobbies.stream().anyMatch(lobby -> session.isOn(lobby.name()))) {
            session.booking().cancel();
            session.passage().abandon();
            session.say(Messages.alreadyThere(session.server()));
        } else {
            go(lobbies.getFirst());
        }
    }

    private void go(ServerSettings target) {
        if (session.isOn(target.name())) {
            session.booking().cancel();
            session.passage().abandon();
            session.say(Messages.alreadyThere(target.name()));
            return;
        }
        log.info(
            "switch asked player={} from={} to={}",
            session.player().profile().name(),
            session.server(),
            target.name()
        );
        session.booking().to(target);
    }

    private List<ServerSettings> lobbies(NetworkSettings network) {
        return new Lobbies(session.context().addresses()).order(network, session.wire().version().number());
    }

    private boolean mayGoTo(ServerSettings server) {
        var profile = session.player().profile();
        return server.access().admits(profile.id(), profile.name());
    }

    private void list(NetworkSettings network) {
        session.say(Messages.serverList(session.server()));
        for (ServerSettings server : network.members()) {
            if (mayGoTo(server)) {
                int players = session.context().addresses().players(server);
                session.say(
                    session.isOn(server.name())
                        ? Messages.serverListCurrent(server.name(), players)
                        : Messages.serverListEntry(server.name(), players)
                );
            }
        }
    }

    private List<String> names(NetworkSettings network) {
        return network.members().stream().filter(this::mayGoTo).map(ServerSettings::name).toList();
    }

    private CommandTree tree(NetworkSettings network) {
        CommandNode[] servers = names(network)
            .stream()
            .map(CommandNode::command)
            .toArray(CommandNode[]::new);
        List<CommandNode> commands = new ArrayList<>();
        commands.add(CommandNode.executable(SERVER, servers));
        LOBBY.forEach(name -> commands.add(CommandNode.command(name)));
        return CommandTree.of(commands);
    }

    /** The commands where there are no others; empty for clients that know no trees. */
    Optional<DeclareCommands> alone() {
        int protocol = session.wire().version().number();
        NetworkSettings network = session.network();
        if (protocol < FIRST_WITH_TREE) {
            return Optional.empty();
        }
        return Optional.of((network == null ? CommandTree.empty() : tree(network)).alone(protocol));
    }

    /** The commands among those of a server. */
    DeclareCommands addedTo(DeclareCommands theirs) {
        NetworkSettings network = session.network();
        return network == null ? theirs : tree(network).addedTo(theirs, session.wire().version().number());
    }

    /** Completes the name of a server for clients before 1.13; newer ones know the names. */
    boolean complete(TabComplete request) {
        NetworkSettings network = session.network();
        String begun = "/" + SERVER + " ";
        if (network == null || session.wire().version().number() >= FIRST_WITH_TREE) {
            return false;
        }
        if (!request.text().toLowerCase(Locale.ROOT).startsWith(begun)) {
            return false;
        }
        String prefix = request.text().substring(begun.length()).toLowerCase(Locale.ROOT);
        List<TabCompleteResponse.Match> matches = names(network)
            .stream()
            .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(prefix))
            .map(name -> new TabCompleteResponse.Match(name, Optional.empty()))
            .toList();
        session.wire().send(new TabCompleteResponse(request.transaction(), 0, 0, matches));
        session.wire().flush();
        return true;
    }
}
