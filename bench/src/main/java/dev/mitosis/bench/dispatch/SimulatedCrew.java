package dev.mitosis.bench.dispatch;

import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.Crew;
import dev.mitosis.spi.CrewListener;
import dev.mitosis.spi.Job;
import dev.mitosis.spi.Lease;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Workers that run nothing: each lease ends when the simulation says so, after a modelled time.
///
/// For one thread. The workers end their leases in turn, as if all were equally fast.
final class SimulatedCrew implements Crew {
    private final CrewListener listener;
    private final long nanosPerItem;
    private final List<ArrayDeque<Lease>> given = new ArrayList<>();
    private int turn;

    SimulatedCrew(int seats, long nanosPerItem, CrewListener listener) {
        this.listener = listener;
        this.nanosPerItem = nanosPerItem;
        for (int seat = 0; seat < seats; seat++) {
            given.add(new ArrayDeque<>());
        }
    }

    /// Ends the first lease of the next worker that has one.
    ///
    /// @return whether there was one
    boolean endNext() {
        for (int i = 0; i < given.size(); i++) {
            turn = turn + 1 == given.size() ? 0 : turn + 1;
            var lease = given.get(turn).poll();
            if (lease != null) {
                lease.ended(lease.count() * nanosPerItem);
                return true;
            }
        }
        return false;
    }

    @Override
    public int seats() {
        return given.size();
    }

    @Override
    public boolean runsAtOnce() {
        return false;
    }

    @Override
    public void start() {
        for (int seat = 0; seat < given.size(); seat++) {
            listener.ready(seat, seat + 1, 0);
        }
    }

    @Override
    public void lease(int seat, Lease lease) {
        given.get(seat).add(lease);
    }

    @Override
    public int onboard(Bytes function) {
        return 0;
    }

    @Override
    public void skip(long call, long fromIndex) {}

    @Override
    public void forget(Job job) {}

    @Override
    public long running(int seat) {
        return -1;
    }

    @Override
    public void interrupt(int seat, long ticket) {}

    @Override
    public CompletableFuture<String> dump(int seat) {
        return CompletableFuture.completedFuture("");
    }

    @Override
    public void kill(int seat, String why) {}

    @Override
    public void retire(int seat) {}

    @Override
    public Status status(int seat) {
        return new Status(seat + 1L, "ready");
    }

    @Override
    public Traffic traffic() {
        return new Traffic(0, 0, given.size());
    }

    @Override
    public void close(Duration patience) {}
}
