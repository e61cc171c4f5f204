package io.nightporter.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals of the operating system. The JDK has no other way to them than {@code sun.misc.Signal}, and its compiler
 * warns of that class in a way that cannot be turned off; hence by reflection.
 */
final class Signals {

    private static final Logger log = LoggerFactory.getLogger(Signals.class);

    private Signals() {}

    /** Runs the action, on a thread of its own, whenever the signal comes; its usual effect is gone. */
    static void on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object receiver = Proxy.newProxyInstance(
                Signals.class.getClassLoader(),
                new Class<?>[] { handler },
                (_, method, arguments) -> {
                    if (!method.getName().equals("handle")) {
                        return method.invoke(action, arguments); // equals, hashCode and toString
                    }
                    action.run();
                    return null;
                }
            );
            signal
                .getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), receiver);
        } catch (InvocationTargetException | IllegalArgumentException e) {
            // Windows has no SIGHUP, and a JVM run with -Xrs keeps the signals to itself.
            log.warn("signal cannot be used here signal={}", name);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java cannot handle signals", e);
        }
    }
}
