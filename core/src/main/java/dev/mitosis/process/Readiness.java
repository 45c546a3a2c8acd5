package dev.mitosis.process;

import dev.mitosis.internal.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Waits for several connections at once: each of them rings one bell.
final class Readiness {
    private Readiness() {}

    static List<Connection> await(Collection<? extends Connection> all, Duration patience) {
        var connections = List.<Connection>copyOf(all);
        var deadline = Conversation.deadline(patience);
        var bell = new Semaphore(0);
        connections.forEach(each -> inbox(each).watch(bell));
        try {
            return await(connections, deadline, bell);
        } catch (InterruptedException e) {
            throw Conversation.interrupted("awaitAny; nothing is lost");
        } finally {
            connections.forEach(each -> inbox(each).unwatch(bell));
        }
    }

    private static List<Connection> await(
            List<Connection> connections, Deadline deadline, Semaphore bell)
            throws InterruptedException {
        while (true) {
            bell.drainPermits();
            var ready = new ArrayList<Connection>();
            for (var each : connections) {
                if (inbox(each).isReady()) {
                    ready.add(each);
                }
            }
            if (!ready.isEmpty() || deadline.isOver()
                    || !bell.tryAcquire(deadline.left(), TimeUnit.NANOSECONDS)) {
                return ready;
            }
        }
    }

    private static Inbox inbox(Connection connection) {
        return switch (connection) {
            case Conversation conversation -> conversation.inbox();
        };
    }
}
