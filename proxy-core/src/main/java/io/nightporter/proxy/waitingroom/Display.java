package io.nightporter.proxy.waitingroom;

import io.nightporter.protocol.packet.ActionBar;
import io.nightporter.protocol.packet.BossBar;
import io.nightporter.protocol.packet.ClearTitles;
import io.nightporter.protocol.packet.ClientboundLegacyChat;
import io.nightporter.protocol.packet.LegacyTitle;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.TabListHeaderFooter;
import io.nightporter.protocol.packet.TitleSubtitle;
import io.nightporter.protocol.packet.TitleText;
import io.nightporter.protocol.packet.TitleTimes;
import io.nightporter.protocol.text.Text;
import io.nightporter.proxy.relay.Traces;
import io.nightporter.proxy.text.Message;
import io.nightporter.proxy.text.WaitingWords;
import io.nightporter.proxy.wire.Wire;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The screen of somebody who waits: title, boss bar, action bar and the head of the tab list, or chat lines for clients
 * that have none of them. Writes, does not flush; what has not changed is not sent again.
 */
final class Display {

    private static final int FIRST_WITH_TITLES = 47;
    private static final int FIRST_WITH_BOSS_BARS = 107;
    private static final int FIRST_WITH_TITLE_PACKETS = 755;
    private static final int FIRST_WITH_ACTION_BAR_TITLE = 315;
    private static final int TICKS_A_SECOND = 20;
    /** Longer than anybody waits; shorter than what clients count in floating point. */
    private static final int STAYS = 24 * 60 * 60 * TICKS_A_SECOND;
    private static final int FADES = 10;
    private static final BossBar.Style LOOK = new BossBar.Style(4, 0);
    /** Action bars fade after three seconds. */
    private static final int ACTION_BAR_SECONDS = 2;
    private static final float SMALLEST_STEP = 0.01F;

    private final Wire wire;
    private final Traces traces;
    private final Function<Message, Text> language;
    private final UUID bar = UUID.randomUUID();
    private @Nullable WaitingWords shown;
    private float progress = -1;
    private int sinceActionBar;
    private boolean inAnotherLanguage;

    Display(Wire wire, Traces traces, Function<Message, Text> language) {
        this.wire = wire;
        this.traces = traces;
        this.language = language;
    }

    private int protocol() {
        return wire.version().number();
    }

    /** The player reads another language now: what is shown next is written anew. */
    void languageChanged() {
        inAnotherLanguage = true;
    }

    private boolean isNews(@Nullable Message before, Message now) {
        return inAnotherLanguage || !now.equals(before);
    }

    /** Shows this from now on. To be called once a second, changed or not: parts of the screen fade. */
    void show(Notice notice) {
        WaitingWords words = notice.words();
        WaitingWords before = shown;
        shown = words;
        if (protocol() < FIRST_WITH_TITLES) {
            if (isNews(before == null ? null : before.title(), words.title())) {
                wire.send(new ClientboundLegacyChat(text(words.chat()), ClientboundLegacyChat.CHAT, NOBODY));
            }
        } else {
            showScreen(notice, before);
        }
        inAnotherLanguage = false;
    }

    private void showScreen(Notice notice, @Nullable WaitingWords before) {
        WaitingWords words = notice.words();
        boolean newTitle = isNews(before == null ? null : before.title(), words.title());
        if (newTitle || isNews(before == null ? null : before.subtitle(), words.subtitle())) {
            title(words, newTitle);
        }
        if (isNews(before == null ? null : before.tabHeader(), words.tabHeader())) {
            traces.sawHeaderOrFooter();
            wire.send(new TabListHeaderFooter(text(words.tabHeader()), Text.plain("")));
        }
        if (protocol() >= FIRST_WITH_BOSS_BARS) {
            bossBar(notice, before);
        }
        if (
            isNews(before == null ? null : before.actionBar(), words.actionBar()) ||
            ++sinceActionBar >= ACTION_BAR_SECONDS
        ) {
            sinceActionBar = 0;
            wire.send(actionBar(text(words.actionBar())));
        }
    }

    private static final UUID NOBODY = ClientboundLegacyChat.NOBODY;

    private void title(WaitingWords words, boolean all) {
        Text title = text(words.title());
        Text subtitle = text(words.subtitle());
        if (protocol() >= FIRST_WITH_TITLE_PACKETS) {
            if (all) {
                wire.send(new TitleTimes(FADES, STAYS, FADES));
            }
            wire.send(new TitleSubtitle(subtitle));
            wire.send(new TitleText(title));
        } else {
            if (all) {
                wire.send(new LegacyTitle(new LegacyTitle.Times(FADES, STAYS, FADES)));
            }
            wire.send(new LegacyTitle(new LegacyTitle.Subtitle(subtitle)));
            wire.send(new LegacyTitle(new LegacyTitle.Title(title)));
        }
    }

    private void bossBar(Notice notice, @Nullable WaitingWords before) {
        Message words = notice.words().bossBar();
        if (before == null) {
            progress = notice.progress();
            BossBar added = new BossBar(bar, new BossBar.Add(text(words), progress, LOOK, 0));
            traces.saw(added);
            wire.send(added);
            return;
        }
        if (isNews(before.bossBar(), words)) {
            wire.send(new BossBar(bar, new BossBar.Title(text(words))));
        }
        if (Math.abs(notice.progress() - progress) >= SMALLEST_STEP) {
            progress = notice.progress();
            wire.send(new BossBar(bar, new BossBar.Health(progress)));
        }
    }

    private Packet actionBar(Text text) {
        if (protocol() >= FIRST_WITH_TITLE_PACKETS) {
            return new ActionBar(text);
        }
        return protocol() >= FIRST_WITH_ACTION_BAR_TITLE
            ? new LegacyTitle(new LegacyTitle.AboveHotBar(text))
            : new ClientboundLegacyChat(text, ClientboundLegacyChat.ACTION_BAR, NOBODY);
    }

    /** Takes everything down that was put up, for a client that stays in its world. */
    void clear() {
        if (shown == null) {
            return;
        }
        shown = null;
        if (protocol() < FIRST_WITH_TITLES) {
            return;
        }
        if (protocol() >= FIRST_WITH_BOSS_BARS) {
            BossBar removed = new BossBar(bar, new BossBar.Remove());
            traces.saw(removed);
            wire.send(removed);
        }
        wire.send(
            protocol() >= FIRST_WITH_TITLE_PACKETS ? new ClearTitles(true) : new LegacyTitle(new LegacyTitle.Reset())
        );
        wire.send(actionBar(Text.plain("")));
        wire.send(new TabListHeaderFooter(Text.plain(""), Text.plain("")));
    }

    private Text text(Message message) {
        return language.apply(message);
    }
}
