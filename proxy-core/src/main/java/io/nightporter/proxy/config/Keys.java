package io.nightporter.proxy.config;

import static io.nightporter.proxy.config.Values.address;
import static io.nightporter.proxy.config.Values.duration;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.proxy.text.Phrase;
import io.nightporter.proxy.text.Template;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * All keys of the configuration file, with {@link ProxyKeys} and {@link FleetKeys}: the one place where they are
 * declared. The loader reads by these declarations, and the suggestions in its messages, the JSON Schema and the reference in docs/configuration.md are made from them.
 */
final class Keys {

    static final Key<HostAndPort> ADMIN_LISTEN = Key.of(
        "listen",
        address(8080),
        "127.0.0.1:8080",
        "Where the admin API, metrics and health are served; elsewhere than on a loopback address only once a token was made."
    );
    static final Key<Section> ADMIN = Key.optional("admin", Block.of(ADMIN_LISTEN), "The address for operators.");
    static final Key<Path> DATA_DIR = Key.of(
        "dataDir",
        Values.FOLDER,
        ".",
        "The folder for what must survive a restart."
    );

    static final Key<Duration> STALL_AFTER = Key.of(
        "stallAfter",
        duration("0s", "10m"),
        "10s",
        "Silence of a server after which its players are held until it goes on; `0s`: never."
    );
    static final Key<Duration> LOGIN_HOLD = Key.of(
        "loginHold",
        duration("0s", "28s"),
        "25s",
        "How long clients that cannot be shown a waiting room are held in login; they give up after 30 seconds."
    );
    static final Key<String> LANGUAGE = Key.of(
        "language",
        Values.TEXT,
        "en",
        "The language for players whose own is not known or not here."
    );
    static final ValueType<Map<Phrase, Template>> PHRASES = new PhrasesType();
    static final Key<Map<String, Path>> LANGUAGES = Key.optional(
        "languages",
        new LanguagesType(),
        "Further languages, and other words for the built-in ones `en` and `de`."
    );
    static final Key<Map<Phrase, Template>> TEXTS = Key.optional(
        "texts",
        PHRASES,
        "Other words for single phrases, in the language of `language`."
    );
    static final Key<Section> WAITING_ROOM = Key.optional(
        "waitingRoom",
        Block.of(STALL_AFTER, LOGIN_HOLD, LANGUAGE, LANGUAGES, TEXTS, FleetKeys.KICKS),
        "How players wait for a server that is away, and what all players are told."
    );

    static final Key<StoreSettings> STORE_URL = Key.of(
        "url",
        StoreSettings.TYPE,
        StoreSettings.DEFAULT,
        "The database: a file of SQLite, relative to `dataDir`, or PostgreSQL."
    );
    static final Key<Secret> STORE_PASSWORD_FILE = Key.optional(
        "passwordFile",
        StoreSettings.PASSWORD,
        "PostgreSQL: the file with the password, one line."
    );
    static final Key<Section> STORE = Key.optional(
        "store",
        Block.of(STORE_URL, STORE_PASSWORD_FILE).orPlain(STORE_URL),
        "Where servers, nodes and what happens to them are recorded; without it in `nightporter.db` in `dataDir`."
    );

    static final Block ROOT = Block.of(ProxyKeys.PROXY, WAITING_ROOM, ADMIN, STORE, DATA_DIR, FleetKeys.FLEET);

    private Keys() {}
}
