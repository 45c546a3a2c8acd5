package dev.mitosis.internal.local;

import dev.mitosis.internal.Deadline;
import dev.mitosis.internal.hosting.Hosting;
import dev.mitosis.spi.Lease;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/// One worker of a [ThreadCrew]: a thread that runs the leases it is given, in order.
final class WorkerThread {
    /// What is asked of the thread.
    private sealed interface Order {
        record Run(Lease lease) implements Order {}

        record Leave() implements Order {}
    }

    private final int seat;
    private final long number;
    private final LocalWorker worker;
    private final Predicate<WorkerThread> welcome;
    private final LinkedBlockingQueue<Order> orders = new LinkedBlockingQueue<>();
    private final Thread thread;
    private Consumer<WorkerThread> farewell = _ -> {};
    private BiConsumer<WorkerThread, Throwable> failure = (_, _) -> {};

    /// Makes a worker, whose thread does not run yet.
    ///
    /// @param seat its seat
    /// @param number which of all workers of the crew it is: what a process id is to a process
    /// @param worker runs leases
    /// @param welcome runs what comes first
    WorkerThread(int seat, long number, LocalWorker worker, Predicate<WorkerThread> welcome) {
        this.seat = seat;
        this.number = number;
        this.worker = worker;
        this.welcome = welcome;
        this.thread = Thread.ofPlatform().name("mitosis-worker-" + seat).daemon().unstarted(
                this::run);
    }

    /// Starts it.
    ///
    /// @param whenLeft is told when it has left in order
    /// @param whenFailed is told what no item has caught, of which the thread ends
    void start(Consumer<WorkerThread> whenLeft, BiConsumer<WorkerThread, Throwable> whenFailed) {
        farewell = whenLeft; // published by the start of the thread
        failure = whenFailed;
        thread.start();
    }

    int seat() {
        return seat;
    }

    long number() {
        return number;
    }

    LocalWorker worker() {
        return worker;
    }

    void give(Lease lease) {
        orders.add(new Order.Run(lease));
    }

    void leave() {
        orders.add(new Order.Leave());
    }

    /// Gives it up.
    ///
    /// @param then as [LocalWorker#abandon] has it
    void abandon(LongConsumer then) {
        worker.abandon(running -> {
            leave();
            thread.interrupt();
            Hosting.HERE.threadGone(thread);
            then.accept(running);
        });
    }

    boolean join(Deadline deadline) {
        try {
            return thread.join(Duration.ofNanos(deadline.left()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void run() {
        if (!welcome.test(this)) {
            return;
        }
        try {
            while (next() instanceof Order.Run(var lease)) {
                worker.run(lease);
            }
        } catch (Throwable e) { // such as a heap too full for a result: its lease has no end
            failure.accept(this, e);
            return;
        }
        farewell.accept(this);
    }

    private Order next() {
        Order order = null;
        while (order == null) {
            try {
                order = orders.take();
            } catch (InterruptedException e) {
                order = orders.poll(); // the interrupt came late: it was meant for another item
            }
        }
        return order;
    }
}
