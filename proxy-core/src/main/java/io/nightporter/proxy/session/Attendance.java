package io.nightporter.proxy.session;

import io.nightporter.protocol.text.Text;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.player.Attendant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What admins may ask of a session. */
final class Attendance implements Attendant {

    private static final Logger log = LoggerFactory.getLogger(Attendance.class);

    private final Session session;

    Attendance(Session session) {
        this.session = session;
    }

    @Override
    public boolean say(Text line) {
        if (session.isOver() || !session.inPlay() || !session.traces().inWorld()) {
            return false;
        }
        ChatLine.send(session.wire(), line);
        return true;
    }

    @Override
    public Optional<String> send(ServerSettings target) {
        String name = session.name();
        if (session.isOver()) {
            return Optional.of(name + " has just left.");
        }
        if (session.isOn(target.name())) {
            session.booking().cancel();
            session.passage().abandon();
            return Optional.of(name + " is on " + target.name() + " already.");
        }
        if (target.passthrough()) {
            return Optional.of(
                target.name() +
                    " does its logins itself (passthrough), so nobody can be sent there. They have to join it."
            );
        }
        if (!target.access().admits(session.player().profile().id(), name)) {
            return Optional.of(name + " is not admitted by the access of " + target.name() + ". Add them there first.");
        }
        log.info("send ordered player={} from={} to={}", name, session.server(), target.name());
        session.booking().to(target);
        return Optional.empty();
    }
}
