package io.nightporter.proxy.config;

import io.nightporter.orchestrator.model.AwakeWindow;
import io.nightporter.orchestrator.model.Port;
import io.nightporter.orchestrator.model.Price;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kinds of values that only nodes and the servers on them have. */
final class FleetValues {

    /** Who may wake a server, besides players: written as one of these words. */
    static final List<String> WAKERS = List.of("everyone", "whitelist", "owners");

    static final ValueType<String> IMAGE = Values.word("image such as `itzg/minecraft-server:java21`", (text, _) -> {
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9._/:@-]{0,254}")) {
            throw new IllegalArgumentException(
                Place.quote(text) + " is not the name of an image; write one such as itzg/minecraft-server:java21"
            );
        }
        return text;
    });

    static final ValueType<String> CONTAINER = Values.word("name or id of a container", (text, _) -> {
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}")) {
            throw new IllegalArgumentException(
                Place.quote(text) + " is not the name of a container; docker ps shows the names"
            );
        }
        return text;
    });

    static final ValueType<String> PLAYER = Values.text("player's name or UUID", (text, _) -> player(text));

    static final ValueType<String> WAKER = Values.text(
        "`everyone`, `whitelist` (the server's own), `owners`, or players' names or UUIDs",
        (text, _) -> WAKERS.contains(text) ? text : player(text)
    );

    /** A host without a port. */
    static final ValueType<String> HOST = Values.word("name or IP address", (text, _) -> {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        boolean numeric = bare.matches("[0-9.]+");
        if (!Addresses.isLiteral(bare) && (numeric || !Addresses.isName(bare))) {
            throw new IllegalArgumentException(
                Place.quote(text) + " is neither a name nor an IP address; write one such as 10.0.0.2, without a port"
            );
        }
        return bare;
    });

    private static final Pattern PORT_FORM = Pattern.compile("(?:(\\d{1,5}):)?(\\d{1,5})(?:/(tcp|udp))?");

    /** As Docker has it: {@code outside:inside/protocol}. */
    static final ValueType<Port> PORT = Values.text(
        "port such as `8123`, `8123:80` (outside:inside) or `24454/udp`",
        (text, _) -> {
            Matcher form = PORT_FORM.matcher(text);
            if (!form.matches()) {
                throw new IllegalArgumentException(
                    Place.quote(text) +
                        " is not a port; write 8123, 8123:80 (the node's and the server's own) or 24454/udp"
                );
            }
            Port.Protocol protocol = "udp".equals(form.group(3)) ? Port.Protocol.UDP : Port.Protocol.TCP;
            return new Port(port(form.group(2)), form.group(1) == null ? null : port(form.group(1)), protocol);
        }
    );

    private static final Pattern RANGE_FORM = Pattern.compile("(\\d{1,5})\\s*-\\s*(\\d{1,5})");

    static final ValueType<String> PORT_RANGE = Values.word("ports such as `26000-30999`", (text, _) -> {
        Matcher form = RANGE_FORM.matcher(text);
        if (!form.matches() || port(form.group(1)) > port(form.group(2))) {
            throw new IllegalArgumentException(
                Place.quote(text) + " is not a range of ports; write the lowest and the highest, such as 26000-30999"
            );
        }
        return form.group(1) + "-" + form.group(2);
    });

    /** A file whose first line is a password. It is read now only to see that it can be; it is never shown. */
    static final ValueType<Path> PASSWORD_FILE = Values.word("file", (text, place) ->
        ReferencedFiles.password(text, place).file().toAbsolutePath()
    );

    private static final Pattern WINDOW_FORM = Pattern.compile(
        "(?:([A-Za-z]{3})(?:-([A-Za-z]{3}))? )?(\\d{1,2}):(\\d\\d)-(\\d{1,2}):(\\d\\d)"
    );
    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

    static final ValueType<AwakeWindow> AWAKE_WINDOW = Values.text(
        "time of the day such as `18:00-23:00` or `Sat-Sun 10:00-24:00`",
        (text, _) -> window(text)
    );

    private static final List<String> SIGNALS = List.of(
        "SIGTERM",
        "SIGINT",
        "SIGQUIT",
        "SIGHUP",
        "SIGKILL",
        "SIGABRT",
        "SIGUSR1",
        "SIGUSR2",
        "SIGWINCH"
    );

    private FleetValues() {}

    static ValueType<Double> decimal(String min, String max) {
        BigDecimal least = new BigDecimal(min);
        BigDecimal most = new BigDecimal(max);
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "number");
        schema.put("minimum", least);
        schema.put("maximum", most);
        return Values.plain(schema, "number from " + min + " to " + max + ", such as 1.5", (text, _) -> {
            if (!text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
                throw new IllegalArgumentException("must be a number such as 2 or 1.5, not " + Place.quote(text));
            }
            BigDecimal number = new BigDecimal(text);
            if (number.compareTo(least) < 0 || number.compareTo(most) > 0) {
                throw new IllegalArgumentException(text + " is out of range; it must be from " + min + " to " + max);
            }
            return number.doubleValue();
        });
    }

    /** An amount of money for that time and no other. */
    static ValueType<Price> price(Price.Per per, String example) {
        Pattern form = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?) ?([A-Za-z]{3}) ?/ ?([A-Za-z]+)");
        return Values.word("price such as `" + example + "`", (text, _) -> {
            Matcher parts = form.matcher(text);
            if (!parts.matches()) {
                throw new IllegalArgumentException(
                    Place.quote(text) + " is not a price; write an amount, a currency and a time, such as " + example
                );
            }
            if (!parts.group(3).equals(per.sign())) {
                throw new IllegalArgumentException(
                    Place.quote(text) + " is for another time; it has to be per " + per.sign() + ", such as " + example
                );
            }
            return new Price(new BigDecimal(parts.group(1)), parts.group(2).toUpperCase(Locale.ROOT), per);
        });
    }

    private static String player(String written) {
        try {
            return AccessReader.player(written);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException(Place.quote(written) + " is not a player's name or UUID");
        }
    }

    private static int port(String digits) {
        int port = Integer.parseInt(digits);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException(Place.quote(digits) + " is not a port; ports go from 1 to 65535");
        }
        return port;
    }

    private static AwakeWindow window(String text) {
        Matcher form = WINDOW_FORM.matcher(text.strip().replaceAll("\\s+", " "));
        if (!form.matches()) {
            throw new IllegalArgumentException(
                Place.quote(text) + " is not a time of the day; write one such as 18:00-23:00 or Sat-Sun 10:00-24:00"
            );
        }
        LocalTime from = time(form.group(3), form.group(4), text);
        LocalTime to = time(form.group(5), form.group(6), text);
        if (Integer.parseInt(form.group(3)) == 24) {
            throw new IllegalArgumentException(Place.quote(text) + " begins at 24:00; write 00:00 of the next day");
        }
        return new AwakeWindow(from, to, days(form.group(1), form.group(2)));
    }

    /** 24:00 is the midnight at the end of the day. */
    private static LocalTime time(String hours, String minutes, String text) {
        int hour = Integer.parseInt(hours);
        int minute = Integer.parseInt(minutes);
        if (hour > 24 || minute > 59 || (hour == 24 && minute > 0)) {
            throw new IllegalArgumentException(Place.quote(text) + " has a time that no clock shows");
        }
        return LocalTime.of(hour % 24, minute);
    }

    private static Set<DayOfWeek> days(@Nullable String first, @Nullable String last) {
        if (first == null) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        DayOfWeek begin = day(first);
        DayOfWeek end = last == null ? begin : day(last);
        Set<DayOfWeek> days = EnumSet.of(begin);
        for (DayOfWeek day = begin; day != end; day = day.plus(1)) {
            days.add(day.plus(1));
        }
        return days;
    }

    private static DayOfWeek day(String text) {
        for (int i = 0; i < DAYS.size(); i++) {
            if (DAYS.get(i).equalsIgnoreCase(text)) {
                return DayOfWeek.of(i + 1);
            }
        }
        throw new IllegalArgumentException(
            Place.quote(text) + " is not a day; the days are " + String.join(", ", DAYS)
        );
    }

    private static boolean isSignal(String upper) {
        return SIGNALS.contains(upper.startsWith("SIG") ? upper : "SIG" + upper);
    }

    /** What is wrong with the name of a signal; null: nothing. */
    static @Nullable String objectionToSignal(String text) {
        if (text.matches("\\d{1,2}|SIGRTMIN(\\+\\d{1,2})?") || isSignal(text.toUpperCase(Locale.ROOT))) {
            return null;
        }
        String near = Spelling.closest(text, SIGNALS);
        String hint = near == null ? "write one such as SIGTERM" : "did you mean " + near + "?";
        return Place.quote(text) + " is not a signal; " + hint;
    }
}
