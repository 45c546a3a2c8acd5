package dev.mitosis.cluster;

import dev.mitosis.PoolConfig;
import dev.mitosis.PoolStats;
import dev.mitosis.WorkerStartException;
import dev.mitosis.internal.node.Work;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.Crew;
import dev.mitosis.spi.CrewListener;
import dev.mitosis.spi.Job;
import dev.mitosis.spi.Lease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The workers of one pool on the nodes of an engine.
///
/// A seat is not a process here, but the right to have one lease under way: twice as many as
/// the nodes have slots, so that one waits at the engine while another runs. Which node runs it,
/// the engine decides; in which process, the node's host.
///
/// **At least once.** What was on a node that is lost is run again elsewhere, though a node that
/// was only cut off may still be running it. An item has one outcome all the same.
final class ClusterCrew implements Crew {
    private static final int INLINE = 64 << 10; // functions up to that travel with each frame
    private static final int SEATS = 160; // that can be kept busy with the engine's own lease time
    private static final int MOST_OUTCOMES = 16 << 20; // bytes that a node collects for one frame

    /// A function as it travels.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Encoded(String hash, byte @Nullable [] bytes, List<String> code) {}

    private final CrewListener listener;
    private final Carriage carriage;
    private final Shelf shelf;
    private final Session session;
    private final Members members;
    private final Chairs chairs;
    private final Losses losses = new Losses();
    private final Map<Long, Encoded> functions = new ConcurrentHashMap<>();
    private final Map<Long, Long> skipped = new ConcurrentHashMap<>(); // from where on, by call
    private final LongAdder starts = new LongAdder();
    private final LeaseTrip.Way way;
    private final int mostOutcomes;
    private volatile boolean cleared; // set before functions are taken off, read after one is put

    ClusterCrew(PoolConfig config, CrewListener listener, ClusterTransport transport,
            ClusterSettings settings, Shelf shelf) {
        this.listener = listener;
        this.shelf = shelf;
        carriage = new Carriage(transport, shelf);
        members = new Members(transport, settings);
        mostOutcomes = Math.min(MOST_OUTCOMES, transport.capabilities().mostFrameBytes() / 2);
        chairs = new Chairs(config.workers(), members.awaitSlots(), listener);
        int slots = members.mostSlots();
        session = Session.of(config, settings,
                config.workers() > 0 ? Math.min(config.workers(), slots) : slots, shelf);
        way = new LeaseTrip.Way(session, carriage, losses, starts, chairs::wanted,
                chairs::trips);
        try {
            new Greeting(carriage, session, settings).greet();
        } catch (RuntimeException | Error e) {
            clearShelf();
            throw e;
        }
        members.whenChanged(() -> chairs.adjust(members::slots));
    }

    @Override
    public int seats() {
        return chairs.size();
    }

    @Override
    public int staffed() {
        return chairs.wanted();
    }

    @Override
    public boolean runsAtOnce() {
        return false;
    }

    @Override
    public boolean prefetches() {
        return false; // the engine's own queue does that: there are more seats than slots
    }

    @Override
    public boolean tellsPrints() {
        return true;
    }

    @Override
    public boolean isHere() {
        return false;
    }

    /// Frames begin one after another, here, and each takes about a hundredth of the engine's lease
    /// time: on a larger cluster they must run for longer if all slots are to have one.
    @Override
    public Duration leaseTime() {
        long nanos = carriage.transport().capabilities().leaseTime().toNanos();
        return Duration.ofNanos(nanos * Math.max(SEATS, chairs.wanted()) / SEATS);
    }

    @Override
    public List<PoolStats.Node> nodes() {
        return members.nodes();
    }

    @Override
    public void start() {
        chairs.open();
    }

    @Override
    public int onboard(Bytes function) {
        throw new UnsupportedOperationException("nodes come and go: nothing can be run on each");
    }

    @Override
    public void lease(int seat, Lease lease) {
        LeaseTrip taken = null;
        try {
            var trip = new LeaseTrip(lease, way, packing(lease.job()),
                    (it, end) -> ended(seat, it, end));
            if (chairs.take(seat, trip)) {
                taken = trip;
                begin(seat, trip);
            }
        } catch (RuntimeException | Error e) { // such as for a full heap; nobody else tells of it
            if (taken == null) {
                chairs.renew(seat);
            } else {
                ended(seat, taken, taken.notStarted(e));
            }
        }
    }

    private void begin(int seat, LeaseTrip trip) {
        var lease = trip.lease();
        if (lease.index() >= skipped.getOrDefault(lease.job().call(), Long.MAX_VALUE)) {
            trip.cancel(); // Guard against race with a skip that has not seen it
        }
        Thread.ofVirtual().name("mitosis-lease-" + seat).start(trip);
    }

    /// Whatever fails here fails what is to be carried, and not whoever serves all calls.
    private LeaseTrip.Packing packing(Job job) {
        try {
            var function = functions.computeIfAbsent(job.function().id(), _ -> encode(job));
            if (cleared) {
                clearFunctions(); // Guard against race with a close that has not seen this one
            }
            return lease -> Work.of(lease, function.hash(), function.bytes(), function.code(),
                    mostOutcomes);
        } catch (RuntimeException | Error e) {
            return _ -> {
                throw new IOException(e instanceof UncheckedIOException
                        ? String.valueOf(e.getMessage()) : e.toString(), e);
            };
        }
    }

    private Encoded encode(Job job) {
        byte[] bytes = job.function().bytes().toArray();
        var hash = shelf.put(bytes);
        try {
            byte[] jar = session.loose().of(job.loader(), bytes);
            return new Encoded(hash, bytes.length <= INLINE ? bytes : null,
                    jar == null ? List.of() : List.of(shelf.put(jar)));
        } catch (RuntimeException | Error e) { // of a class loader, which is foreign
            shelf.remove(hash);
            throw e;
        } catch (IOException e) {
            shelf.remove(hash);
            throw new UncheckedIOException("classes of its function cannot be read: " + e, e);
        }
    }

    private void ended(int seat, LeaseTrip trip, LeaseTrip.End end) {
        boolean died = end instanceof LeaseTrip.End.Died;
        if (!chairs.leave(seat, trip, died)) {
            return; // its seat was given up: the lease is told of by that
        }
        switch (end) {
            case LeaseTrip.End.Through(long nanos) -> trip.lease().ended(nanos);
            case LeaseTrip.End.Died(var death) -> listener.died(seat, death);
            case LeaseTrip.End.Hopeless(var why) -> {
                losses.answered();
                chairs.giveUp(new WorkerStartException(why, null));
            }
        }
        chairs.freed(seat, died);
    }

    @Override
    public void skip(long call, long fromIndex) {
        skipped.merge(call, fromIndex, Math::min);
        for (var trip : chairs.trips()) {
            var lease = trip.lease();
            if (lease.job().call() == call && lease.index() >= fromIndex) {
                trip.cancel();
            }
        }
    }

    @Override
    public void forget(Job job) {
        losses.forget(job.call());
        skipped.remove(job.call());
        if (!job.function().kept()) {
            var function = functions.remove(job.function().id());
            if (function != null) {
                takeOff(function);
            }
        }
    }

    private void takeOff(Encoded function) {
        shelf.remove(function.hash());
        function.code().forEach(shelf::remove);
    }

    private void clearShelf() {
        cleared = true;
        clearFunctions();
        session.shelved().forEach(shelf::remove);
    }

    private void clearFunctions() {
        for (var id : List.copyOf(functions.keySet())) {
            var function = functions.remove(id);
            if (function != null) { // not taken off meanwhile
                takeOff(function);
            }
        }
    }

    @Override
    public long running(int seat) {
        return -1; // the node keeps the time
    }

    @Override
    public void interrupt(int seat, long ticket) {
        // nobody knows what runs now, so nobody asks for this
    }

    @Override
    public CompletableFuture<String> dump(int seat) {
        return CompletableFuture.completedFuture("its worker is on another machine");
    }

    @Override
    public void kill(int seat, String why) {
        // as with an interrupt
    }

    @Override
    public void retire(int seat) {
        chairs.renew(seat);
    }

    @Override
    public Status status(int seat) {
        return new Status(0, chairs.isReady(seat) ? "ready" : "gone");
    }

    @Override
    public Traffic traffic() {
        return new Traffic(carriage.sent.sum(), carriage.received.sum(), starts.sum());
    }

    @Override
    public void close(Duration patience) {
        try {
            chairs.close(patience);
            new Farewell(carriage, session, members).say();
        } finally {
            clearShelf();
            carriage.transport().close();
        }
    }
}
