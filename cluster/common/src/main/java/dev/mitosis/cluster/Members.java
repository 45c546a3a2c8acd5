package dev.mitosis.cluster;

import dev.mitosis.PoolStats;
import dev.mitosis.cluster.ClusterTransport.MemberEvent;
import dev.mitosis.internal.Deadline;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The nodes that an engine has given, as it tells of them.
final class Members {
    private final ClusterTransport transport;
    private final ClusterSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition joined = lock.newCondition();

    // guarded by lock
    private final Map<String, Integer> slots = new TreeMap<>();
    private Runnable listener = () -> {};

    Members(ClusterTransport transport, ClusterSettings settings) {
        this.transport = transport;
        this.settings = settings;
        transport.watchMembers(this::changed);
    }

    private void changed(MemberEvent event) {
        Runnable told;
        lock.lock();
        try {
            switch (event) {
                case MemberEvent.Joined(var node, int count) -> slots.put(node, count);
                case MemberEvent.Left(var node) -> slots.remove(node);
            }
            joined.signalAll();
            told = listener;
        } finally {
            lock.unlock();
        }
        told.run();
    }

    private int total() {
        return slots.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// Waits until there is a slot.
    ///
    /// @return how many there are then
    /// @throws ClusterException if there is none in time
    int awaitSlots() {
        var deadline = Deadline.in(settings.startTimeout());
        lock.lock();
        try {
            while (total() == 0) {
                if (!joined.await(deadline.left(), TimeUnit.NANOSECONDS)) {
                    throw new ClusterException(transport.capabilities().engine() + " has no node"
                            + " with a free slot, and none came within "
                            + settings.startTimeout().toSeconds() + " s: are its workers running,"
                            + " and have they cores and memory left for this application?");
                }
            }
            return total();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted while waiting for a node", e);
        } finally {
            lock.unlock();
        }
    }

    /// {@return how many slots the largest node has}
    int mostSlots() {
        lock.lock();
        try {
            return slots.values().stream().mapToInt(Integer::intValue).max().orElse(1);
        } finally {
            lock.unlock();
        }
    }

    /// Runs something whenever the number of slots changes, and now. It asks for [#slots] and is
    /// not told: of two that tell at once, the one with the older number could be the last.
    void whenChanged(Runnable change) {
        lock.lock();
        try {
            listener = change;
        } finally {
            lock.unlock();
        }
        change.run();
    }

    /// {@return how many slots there are}
    int slots() {
        lock.lock();
        try {
            return total();
        } finally {
            lock.unlock();
        }
    }

    List<PoolStats.Node> nodes() {
        lock.lock();
        try {
            return slots.entrySet().stream()
                    .map(node -> new PoolStats.Node(node.getKey(), node.getValue())).toList();
        } finally {
            lock.unlock();
        }
    }
}
