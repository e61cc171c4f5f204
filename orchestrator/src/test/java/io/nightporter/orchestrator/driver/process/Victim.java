package io.nightporter.orchestrator.driver.process;

import io.nightporter.orchestrator.driver.SeenInstance;
import java.nio.file.Path;

/** A Nightporter that is killed: starts an instance again and again, each time after it was ended. For at most ten seconds. */
final class Victim {

    private Victim() {}

    public static void main(String[] arguments) throws Exception {
        long deadline = System.nanoTime() + 10_000_000_000L;
        Node node = new Node(Path.of(arguments[0]));
        ProcessDriver driver = node.driver();
        SeenInstance instance = driver.find(arguments[1]).orElseThrow();
        System.out.println("go");
        while (System.nanoTime() < deadline) {
            driver.start(instance.handle());
            driver.kill(instance.handle());
        }
        Runtime.getRuntime().halt(1);
    }
}
