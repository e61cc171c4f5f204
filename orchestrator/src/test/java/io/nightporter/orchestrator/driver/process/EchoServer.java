package io.nightporter.orchestrator.driver.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A program for tests: listens, writes lines, reads its console. Ends after a minute in any case. */
final class EchoServer {

    private EchoServer() {}

    public static void main(String[] arguments) throws IOException {
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException _) {
                    // Then it is time as well.
                }
                Runtime.getRuntime().halt(99);
            });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("saved")));
        var socket = new ServerSocket(Integer.parseInt(arguments[0]), 5, InetAddress.getLoopbackAddress());
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
                try {
                    while (true) {
                        try (Socket client = socket.accept()) {
                            client.getOutputStream().write('!');
                        }
                    }
                } catch (IOException e) {
                    System.out.println("no more clients: " + e.getMessage());
                }
            });
        System.out.println("heap " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
        System.out.println("processors " + Runtime.getRuntime().availableProcessors());
        System.out.println("ready");
        try (var console = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = console.readLine(); line != null; line = console.readLine()) {
                System.out.println("typed " + line);
                if (line.equals("stop")) {
                    System.exit(3);
                }
            }
        }
        System.out.println("the console has ended");
    }
}
