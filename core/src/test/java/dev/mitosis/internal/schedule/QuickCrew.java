package dev.mitosis.internal.schedule;

import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.Crew;
import dev.mitosis.spi.CrewListener;
import dev.mitosis.spi.Job;
import dev.mitosis.spi.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// Two workers that do what a test says; of what is taken back they keep one item, and have run it
/// before whoever takes back learns how many they keep.
final class QuickCrew implements Crew {
    static final int SEATS = 2;

    final List<List<Lease>> given = List.of(new ArrayList<>(), new ArrayList<>());
    final List<Integer> retired = new ArrayList<>();
    final List<Integer> killed = new ArrayList<>();
    final Map<Long, Long> skipped = new HashMap<>(); // from where on, by call
    final AtomicInteger timesTakenBack = new AtomicInteger();
    private final CrewListener listener;
    boolean full; // no more work fits into it
    boolean keepsAll; // nothing can be taken back
    Runnable beforeSkip = () -> {};

    QuickCrew(CrewListener listener) {
        this.listener = listener;
    }

    @Override
    public long takeBack(int seat) {
        timesTakenBack.incrementAndGet();
        if (keepsAll) {
            throw new InternalError("no memory, says a test");
        }
        var lease = given.get(seat).getFirst();
        lease.keep(1);
        lease.ended(1_000);
        return lease.ticket() + 1;
    }

    @Override
    public void lease(int seat, Lease lease) {
        if (full) {
            throw new InternalError("no memory, says a test");
        }
        given.get(seat).add(lease);
    }

    @Override
    public void start() {
        for (int seat = 0; seat < SEATS; seat++) {
            ready(seat);
        }
    }

    /// Has a worker on a seat.
    void ready(int seat) {
        listener.ready(seat, 100 + seat, 0);
    }

    @Override
    public int seats() {
        return SEATS;
    }

    @Override
    public boolean runsAtOnce() {
        return false;
    }

    @Override
    public int onboard(Bytes function) {
        return 0;
    }

    @Override
    public void skip(long call, long fromIndex) {
        beforeSkip.run();
        skipped.put(call, fromIndex);
    }

    @Override
    public void forget(Job job) {
        skipped.remove(job.call());
    }

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
    public void kill(int seat, String why) {
        killed.add(seat);
        listener.died(seat, new CrewListener.Death(100 + seat, -1, OptionalInt.empty(), why, null, null, List.of()));
    }

    @Override
    public void retire(int seat) {
        retired.add(seat);
    }

    @Override
    public Status status(int seat) {
        return new Status(100 + seat, "ready");
    }

    @Override
    public Traffic traffic() {
        return new Traffic(0, 0, SEATS);
    }

    @Override
    public void close(Duration patience) {}
}
