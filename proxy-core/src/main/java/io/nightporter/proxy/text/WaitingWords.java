package io.nightporter.proxy.text;

import static io.nightporter.proxy.text.Placeholder.POSITION;
import static io.nightporter.proxy.text.Placeholder.SECONDS;
import static io.nightporter.proxy.text.Placeholder.SERVER;
import static io.nightporter.proxy.text.Placeholder.STATE;

import io.nightporter.protocol.text.Text;
import java.util.HashMap;
import java.util.Map;

/**
 * What somebody who waits for a server is told, by the reason why they wait.
 *
 * @param title large, in the middle of the screen
 * @param state one sentence, of which the other messages are made
 */
public record WaitingWords(
    Message title,
    Message subtitle,
    Message state,
    Message actionBar,
    Message bossBar,
    Message chat,
    Message tabHeader
) {
    /** The server cannot be reached. */
    public static WaitingWords down(String server) {
        return of(server, Map.of(), Phrase.DOWN_TITLE, Phrase.DOWN_SUBTITLE, Phrase.DOWN_STATE);
    }

    /** The server is starting, and nobody knows for how long. */
    public static WaitingWords starting(String server) {
        return of(server, Map.of(), Phrase.STARTING_TITLE, Phrase.STARTING_SUBTITLE, Phrase.STARTING_STATE);
    }

    /** The server will probably be there in so many seconds. */
    public static WaitingWords starting(String server, long seconds) {
        return of(
            server,
            Map.of(SECONDS, new Count(seconds)),
            Phrase.STARTING_SOON_TITLE,
            Phrase.STARTING_SOON_SUBTITLE,
            Phrase.STARTING_SOON_STATE
        );
    }

    /** The connection to the server broke: it crashed, or closed without a word. */
    public static WaitingWords lost(String server) {
        return of(server, Map.of(), Phrase.LOST_TITLE, Phrase.LOST_SUBTITLE, Phrase.LOST_STATE);
    }

    /** The server is connected and says nothing. */
    public static WaitingWords stalled(String server) {
        return of(server, Map.of(), Phrase.STALLED_TITLE, Phrase.STALLED_SUBTITLE, Phrase.STALLED_STATE);
    }

    /** The server said that it stops or restarts. */
    public static WaitingWords restarting(String server) {
        return of(server, Map.of(), Phrase.RESTARTING_TITLE, Phrase.RESTARTING_SUBTITLE, Phrase.RESTARTING_STATE);
    }

    /** The server has no room. */
    public static WaitingWords full(String server) {
        return of(server, Map.of(), Phrase.FULL_TITLE, Phrase.FULL_SUBTITLE, Phrase.FULL_STATE);
    }

    /** The server is being stopped, and will be started again. */
    public static WaitingWords stopping(String server) {
        return of(server, Map.of(), Phrase.STOPPING_TITLE, Phrase.STOPPING_SUBTITLE, Phrase.STOPPING_STATE);
    }

    /** The server is on its way to another machine. */
    public static WaitingWords moving(String server) {
        return of(server, Map.of(), Phrase.MOVING_TITLE, Phrase.MOVING_SUBTITLE, Phrase.MOVING_STATE);
    }

    /** The server did not start, several times. */
    public static WaitingWords failed(String server) {
        return of(server, Map.of(), Phrase.FAILED_TITLE, Phrase.FAILED_SUBTITLE, Phrase.FAILED_STATE);
    }

    /** The server was stopped by order, which holds until somebody asks for it. */
    public static WaitingWords stopped(String server) {
        return of(server, Map.of(), Phrase.STOPPED_TITLE, Phrase.STOPPED_SUBTITLE, Phrase.STOPPED_STATE);
    }

    /** The machine that the server is on does not answer. */
    public static WaitingWords unreachable(String server) {
        return of(server, Map.of(), Phrase.NODE_LOST_TITLE, Phrase.NODE_LOST_SUBTITLE, Phrase.NODE_LOST_STATE);
    }

    /**
     * The server takes players in one after the other.
     *
     * @param position from 1
     */
    public static WaitingWords queued(String server, long position) {
        return of(
            server,
            Map.of(POSITION, new Count(position)),
            Phrase.QUEUED_TITLE,
            Phrase.QUEUED_SUBTITLE,
            Phrase.QUEUED_STATE
        );
    }

    private static WaitingWords of(
        String server,
        Map<Placeholder, Value> count,
        Phrase title,
        Phrase subtitle,
        Phrase state
    ) {
        Map<Placeholder, Value> values = new HashMap<>(count);
        values.put(SERVER, new Quote(Text.plain(server)));
        Message said = new Message(state, values);
        Map<Placeholder, Value> around = Map.of(SERVER, new Quote(Text.plain(server)), STATE, said);
        return new WaitingWords(
            new Message(title, values),
            new Message(subtitle, values),
            said,
            new Message(Phrase.WAITING_ACTION_BAR, around),
            new Message(Phrase.WAITING_BOSS_BAR, around),
            new Message(Phrase.WAITING_CHAT, around),
            new Message(Phrase.WAITING_TAB_HEADER, around)
        );
    }
}
