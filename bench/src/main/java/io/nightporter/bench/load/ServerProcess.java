package io.nightporter.bench.load;

import java.util.concurrent.ExecutionException;

/** The fake server as a program of its own. */
final class ServerProcess {

    private ServerProcess() {}

    /** Takes the port, 0 for any. */
    public static void main(String[] args) throws InterruptedException, ExecutionException {
        var orders = new Orders();
        ServerOrder order = orders.next(ServerOrder.class);
        var server = new GameServer(Integer.parseInt(args[0]), order.shape());
        while (true) {
            Orders.answer(server.follow(order));
            order = orders.next(ServerOrder.class);
        }
    }
}
