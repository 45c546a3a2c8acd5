package dev.mitosis.cluster.spark;

import dev.mitosis.agent.spark.SparkPilot;
import dev.mitosis.agent.spark.SparkPilot.Question;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The tasks that carry frames, and the frames that wait for them.
///
/// A job costs Spark ten times what a question does that a task asks its driver. So there is not a
/// job for each frame: a job is a *pilot*, whose task carries a frame, brings the answer, and is
/// given the next. Before it begins it belongs to no frame: Spark decides, as ever, who has a slot,
/// and whoever has one takes what has waited for longest.
///
/// A pilot that finds no frame leaves its slot to others, and so does one that has stayed for a
/// second, when it has brought its answer. One that is lost takes the frame along that it carries;
/// one that is lost before it began, a frame that waits, as if that had been its own.
///
/// Safe for use by many threads. Nothing is told, sent or launched under the lock.
final class Pilots {
    private static final byte[][] LEAVE = {};

    // For another frame, after an answer: as long as callers need that ask one thing after the
    // other, and too short to matter to whoever waits for the slot.
    private static final long REST_MILLIS = 20;
    private static final Executor AFTER_REST = CompletableFuture.delayedExecutor(
            REST_MILLIS, TimeUnit.MILLISECONDS, SparkJobs.answering());

    private static final long STAY = TimeUnit.SECONDS.toNanos(1);

    /// What a pilot that has asked is told: to carry a frame, or to leave.
    private record Order(@Nullable Pilot pilot, Consumer<byte[][]> to, @Nullable Flight flight,
            long leg) {
        static Order leave(@Nullable Pilot pilot, Consumer<byte[][]> to) {
            return new Order(pilot, to, null, 0);
        }

        static Order fly(Pilot pilot, Consumer<byte[][]> to) {
            return new Order(pilot, to, pilot.flight(), pilot.leg());
        }

        byte[][] words() {
            return flight == null ? LEAVE : SparkPilot.words(leg, flight.pieces());
        }
    }

    private final Consumer<Pilot> launcher;
    private final IntSupplier most;
    private final LongSupplier clock;

    // guarded by this
    private final ArrayDeque<Flight> waiting = new ArrayDeque<>();
    private final Map<Long, Pilot> pilots = new HashMap<>(); // without those that were sent away
    private final ArrayDeque<Pilot> resting = new ArrayDeque<>(); // who rested last is last
    private int launched; // how many of the pilots have not begun
    private long last;
    private boolean closed;

    /// Makes it.
    ///
    /// @param launcher begins a pilot's job, and sees to it that [#ended] is called once, later
    /// @param most how many there may be; asked under the lock
    /// @param clock as [System#nanoTime()]
    Pilots(Consumer<Pilot> launcher, IntSupplier most, LongSupplier clock) {
        this.launcher = launcher;
        this.most = most;
        this.clock = clock;
    }

    /// Has a pilot carry a frame, the next that there is.
    void submit(Flight flight) {
        Order order = null;
        List<Pilot> more;
        synchronized (this) {
            if (closed || flight.future().isDone()) {
                return; // it was recalled, or is about to fail
            }
            var pilot = resting.pollLast();
            if (pilot == null) {
                waiting.add(flight);
            } else {
                pilot.take(flight);
                order = Order.fly(pilot, rested(pilot));
            }
            more = more();
        }
        send(order);
        more.forEach(launcher);
    }

    /// Launches pilots for frames that wait, if there are more slots than before.
    void launch() {
        List<Pilot> more;
        synchronized (this) {
            more = more();
        }
        more.forEach(launcher);
    }

    private static Consumer<byte[][]> rested(Pilot pilot) {
        var rest = Objects.requireNonNull(pilot.rest, "a pilot that does not rest");
        pilot.rest = null;
        return rest;
    }

    /// Returns new pilots, so that for each frame that waits one is on its way.
    private List<Pilot> more() {
        var more = new ArrayList<Pilot>();
        while (!closed && launched < waiting.size() && pilots.size() < most.getAsInt()) {
            var pilot = new Pilot(++last);
            pilots.put(pilot.number(), pilot);
            launched++;
            more.add(pilot);
        }
        return more;
    }

    /// Takes what a pilot asks, who brings an answer, or has just begun.
    ///
    /// @param question which pilot asks, and what it brings
    /// @param reply takes what it is told
    void asked(Question question, Consumer<byte[][]> reply) {
        byte[] answer = question.answer();
        Flight landed = null;
        Order before = null;
        Order order;
        List<Pilot> more;
        Pilot pilot;
        int rests;
        synchronized (this) {
            pilot = pilots.get(question.pilot());
            if (pilot != null && answer != null) {
                landed = pilot.land(question.leg());
            }
            if (pilot != null && resting.remove(pilot)) { // its task is run twice
                before = Order.leave(null, rested(pilot));
            }
            order = pilot == null ? Order.leave(null, reply) : next(pilot, landed != null, reply);
            rests = pilot == null ? 0 : pilot.rests;
            more = more();
        }
        if (landed != null && answer != null) {
            landed.complete(answer);
        }
        send(before);
        send(order);
        if (order == null && pilot != null) {
            AFTER_REST.execute(() -> dismiss(pilot, rests));
        }
        more.forEach(launcher);
    }

    /// Returns what a pilot is told, or null if it may rest. A flight that it has already, it has
    /// asked for before: its task was run again, by a context that retries tasks.
    private @Nullable Order next(Pilot pilot, boolean mayRest, Consumer<byte[][]> reply) {
        begin(pilot);
        boolean stays = clock.getAsLong() - pilot.since < STAY;
        var flight = pilot.flight() == null && stays ? waiting.poll() : null;
        if (flight != null) {
            pilot.take(flight);
        }
        if (pilot.flight() != null) {
            return Order.fly(pilot, reply);
        }
        if (stays && mayRest) {
            pilot.rest = reply;
            pilot.rests++;
            resting.add(pilot);
            return null;
        }
        pilots.remove(pilot.number());
        return Order.leave(pilot, reply);
    }

    private void begin(Pilot pilot) {
        if (!pilot.begun) {
            pilot.begun = true;
            pilot.since = clock.getAsLong();
            launched--;
        }
    }

    /// Sends a pilot away that still rests, for the same time.
    private void dismiss(Pilot pilot, int rests) {
        Order order;
        synchronized (this) {
            if (pilot.rest == null || pilot.rests != rests) {
                return;
            }
            order = Order.leave(pilot, rested(pilot));
            forget(pilot);
        }
        send(order);
    }

    private void forget(Pilot pilot) {
        pilots.remove(pilot.number());
        resting.remove(pilot);
        pilot.rest = null;
    }

    private void send(@Nullable Order order) {
        if (order == null) {
            return;
        }
        try {
            order.to().accept(order.words());
        } catch (Exception | Error e) { // Scala does not say what it throws
            var pilot = order.pilot();
            if (pilot != null) { // else Spark ends the task, if it has not ended yet
                pilot.job().cancel(); // it would wait for what does not come
                ended(pilot, e);
            }
        }
    }

    /// Takes the end of a pilot's job: what it carries is lost, unless its task has returned the
    /// answer. Nothing if it has been told before.
    ///
    /// @param failure of what, or null if it has just left
    void ended(Pilot pilot, @Nullable Throwable failure) {
        byte[] result = pilot.job().result(); // a long answer and its leg, or nothing
        Flight landed = null;
        Flight lost;
        List<Pilot> more;
        synchronized (this) {
            forget(pilot);
            boolean never = !pilot.begun;
            begin(pilot);
            if (failure == null && result.length > 0) {
                landed = pilot.land(SparkPilot.leg(result));
            }
            lost = pilot.land();
            if (lost == null && never && failure != null) {
                lost = waiting.poll();
            }
            more = more();
        }
        if (landed != null) {
            land(landed, result);
        }
        if (lost != null) {
            lost.fail(failure != null ? failure
                    : new IllegalStateException("a task has ended without the frame it was given"));
        }
        more.forEach(launcher);
    }

    private static void land(Flight flight, byte[] result) {
        try {
            flight.complete(SparkPilot.answer(result));
        } catch (OutOfMemoryError e) { // somebody waits for it
            flight.fail(e);
        }
    }

    /// Ends a flight wherever it is; nothing if it is through, or no pilot's.
    void recall(Flight flight) {
        Pilot carrier = null;
        List<Pilot> more;
        synchronized (this) {
            waiting.remove(flight);
            for (var pilot : pilots.values()) {
                carrier = pilot.flight() == flight ? pilot : carrier;
            }
            if (carrier != null) {
                carrier.land();
                forget(carrier); // an interrupt ends it, and all else that it might do
            }
            more = more();
        }
        if (carrier != null) {
            carrier.job().cancel();
        }
        more.forEach(launcher);
    }

    /// Ends all pilots; whoever closes it sees to the flights.
    void close() {
        var leaving = new ArrayList<Order>();
        List<Pilot> others;
        synchronized (this) {
            closed = true;
            resting.forEach(pilot -> leaving.add(Order.leave(pilot, rested(pilot))));
            pilots.values().removeAll(resting);
            others = List.copyOf(pilots.values());
            pilots.clear();
            resting.clear();
            waiting.clear();
        }
        leaving.forEach(this::send); // a cancel would be written into logs as a loss
        others.forEach(pilot -> pilot.job().cancel());
    }
}
