package io.nightporter.bench.load;

import java.util.concurrent.ExecutionException;

/** The crowd as a program of its own. */
final class CrowdProcess {

    private CrowdProcess() {}

    public static void main(String[] args) throws InterruptedException, ExecutionException {
        var orders = new Orders();
        var loop = new Loop("crowd");
        while (true) {
            Orders.answer(new Crowd(loop, orders.next(CrowdOrder.class)).run());
        }
    }
}
