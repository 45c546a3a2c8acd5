package dev.mitosis.share;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Threads of several processes that wait to be signalled, first come, first served; under the lock
/// of the [Porch] that has them.
final class Waiters {
    private final ReentrantLock lock;
    private final Map<Long, Waiter> waiting = new LinkedHashMap<>(); // by their tickets
    private long tickets;

    private static final class Waiter {
        final int party;
        final Condition wake;
        boolean signalled;
        boolean over;

        Waiter(int party, Condition wake) {
            this.party = party;
            this.wake = wake;
        }
    }

    Waiters(ReentrantLock lock) {
        this.lock = lock;
    }

    long join(int party) {
        tickets++;
        waiting.put(tickets, new Waiter(party, lock.newCondition()));
        return tickets;
    }

    /// {@return whether it was signalled; if not, it leaves}
    boolean await(long ticket, long nanos) throws InterruptedException {
        var waiter = waiting.get(ticket);
        if (waiter == null) {
            return false; // of a process that is gone
        }
        try {
            long left = nanos;
            while (!waiter.signalled && !waiter.over && left > 0) {
                left = waiter.wake.awaitNanos(left);
            }
            return waiter.signalled;
        } catch (InterruptedException e) {
            if (waiter.signalled) { // nobody else was, in its place
                Thread.currentThread().interrupt();
                return true;
            }
            throw e;
        } finally {
            if (!waiter.signalled) {
                waiting.remove(ticket);
            }
        }
    }

    void wentOn(long ticket) {
        waiting.remove(ticket);
    }

    void signal(int most) {
        int left = most;
        for (var waiter : waiting.values()) {
            if (left == 0) {
                return;
            }
            if (!waiter.signalled) {
                waiter.signalled = true;
                waiter.wake.signal();
                left--;
            }
        }
    }

    /// Whoever of a process was signalled and has not gone on passes the signal on.
    void partyGone(int party) {
        int unused = 0;
        for (var each = waiting.values().iterator(); each.hasNext(); ) {
            var waiter = each.next();
            if (waiter.party == party) {
                unused += waiter.signalled ? 1 : 0;
                waiter.over = true;
                waiter.wake.signal();
                each.remove();
            }
        }
        signal(unused);
    }

    void end() {
        waiting.values().forEach(waiter -> {
            waiter.over = true;
            waiter.wake.signal();
        });
    }
}
