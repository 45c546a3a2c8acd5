package dev.mitosis.cluster;

import dev.mitosis.cluster.Carriage.Carried;
import dev.mitosis.internal.node.Answer;
import dev.mitosis.internal.node.Work;
import dev.mitosis.spi.CrewListener.Death;
import dev.mitosis.spi.Lease;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One lease on its way: a virtual thread that carries its items to a node, a few at a time if
/// nodes were lost with them, and reports what comes back.
final class LeaseTrip implements Runnable {
    private static final int MOST_IN_VAIN = 3; // answers that bring nothing

    // Losses without an answer, of all seats: at least so many, and so many of each, since all that
    // is under way may be lost at once.
    private static final int MOST_IN_A_ROW = 100;
    private static final int MOST_OF_EACH = 8;

    // Times that a lease may be turned away while no node answers anything: in all some six
    // seconds, and what it takes to try.
    private static final int MOST_TIMES = 7;
    private static final long FIRST_PAUSE_MILLIS = 50; // doubled each time

    /// What became of a lease that did not come to its end.
    sealed interface End {
        /// All its items have outcomes.
        record Through(long nanos) implements End {}

        /// Its worker died, or its node.
        record Died(Death death) implements End {}

        /// Nothing can be run any more.
        record Hopeless(String why) implements End {}
    }

    /// What all trips of a pool share.
    ///
    /// @param seats says how many they may be
    /// @param underWay those that are
    record Way(Session session, Carriage carriage, Losses losses, LongAdder starts,
            IntSupplier seats, Supplier<List<LeaseTrip>> underWay) {
        boolean isHopeless() {
            return losses.inARow() > Math.max(MOST_IN_A_ROW, MOST_OF_EACH * seats.getAsInt());
        }
    }

    /// Who a trip is for.
    interface Owner {
        /// Learns how a trip has ended, once.
        void ended(LeaseTrip trip, End end);
    }

    /// Makes work of a lease.
    interface Packing {
        /// Packs all of a lease.
        ///
        /// @throws IOException if that cannot be: says why
        Work of(Lease lease) throws IOException;
    }

    /// How often no node began with a lease.
    ///
    /// @param answers how often any node of the pool had answered then
    /// @param times how often that was since
    private record TurnedAway(long answers, int times) {
        TurnedAway again(long answersNow) {
            return new TurnedAway(answersNow, answersNow == answers ? times + 1 : 1);
        }
    }

    private final Lease lease;
    private final Way way;
    private final Packing packing;
    private final Carriage.Trip trip;
    private final Owner owner;

    // held while what has come is told, and while it is abandoned: no end of its seat is told
    // between the look whether it is and what is told then
    private final ReentrantLock telling = new ReentrantLock();
    private boolean abandoned; // guarded by telling

    // owned by the thread of this
    private int done;
    private long nanos;
    private int inVain;

    // written by the thread of this, read by others
    private volatile TurnedAway turnedAway = new TurnedAway(0, 0);

    LeaseTrip(Lease lease, Way way, Packing packing, Owner owner) {
        this.lease = lease;
        this.way = way;
        this.packing = packing;
        this.trip = way.carriage().new Trip();
        this.owner = owner;
    }

    Lease lease() {
        return lease;
    }

    void cancel() {
        trip.cancel();
    }

    /// Cancels what is under way, but not its items: its owner sees to those. What is being told of
    /// them just now is told to its end before.
    void abandon() {
        telling.lock();
        try {
            abandoned = true;
        } finally {
            telling.unlock();
        }
        trip.cancel();
    }

    /// {@return the end of a trip whose thread could not be started}
    End notStarted(Throwable why) {
        return died("was not started, since " + why);
    }

    @Override
    public void run() {
        End end = null;
        try {
            while (end == null) {
                end = done < units() ? next() : new End.Through(nanos);
            }
        } catch (InterruptedException e) {
            end = new End.Through(nanos); // nobody interrupts it
        } catch (RuntimeException | Error e) {
            end = new End.Hopeless("a lease could not be carried: " + e);
        }
        owner.ended(this, end);
    }

    /// Carries the next items, as many as may travel together.
    ///
    /// @return the end, if there is nothing more to do
    private @Nullable End next() throws InterruptedException {
        int left = lease.count() - done;
        int step = isFold() ? left
                : way.losses().step(lease.job().call(), lease.index() + done, left);
        Work work;
        try {
            work = packing.of(lease).part(done, step);
        } catch (IOException e) {
            return died("was not started, since " + e.getMessage());
        }
        var carried = trip.carry(way.session().run(work), "");
        return switch (carried) {
            case Carried.Answered(var body) -> answered(body, step);
            case Carried.NotBegun(var why) -> again(why);
            case Carried.Lost(var why) -> lost(why, step);
            case Carried.Rejected(var why) -> rejected(why, step);
            case Carried.Stopped(var why) -> died("was cancelled at the engine: " + why);
            case Carried.Refused(var why) -> new End.Hopeless(why);
            case Carried.Cancelled() -> cancelled();
        };
    }

    private boolean isFold() {
        return lease.job().verb().isFold();
    }

    private int units() {
        return isFold() ? 1 : lease.count();
    }

    /// It goes again in a moment, perhaps to another node; nothing of it is suspected. There is no
    /// hope once all that is under way has been turned away so often since any node has answered:
    /// as long as some of it runs, a node may come free that takes this.
    private @Nullable End again(String why) throws InterruptedException {
        var now = turnedAway.again(way.losses().answers());
        turnedAway = now;
        if (!trip.isCancelled()
                && way.underWay().get().stream().allMatch(LeaseTrip::isWithoutHope)) {
            return new End.Hopeless("no node begins any work, however often it is sent: " + why);
        }
        trip.pause(FIRST_PAUSE_MILLIS << Math.min(now.times(), MOST_TIMES) - 1);
        return null;
    }

    private boolean isWithoutHope() {
        var now = turnedAway;
        return now.times() > MOST_TIMES && now.answers() == way.losses().answers();
    }

    private End cancelled() {
        int left = units() - done;
        if (unlessAbandoned(() -> lease.replied(Answer.cancelled(left), left, left, true))) {
            done += left;
        }
        return new End.Through(nanos);
    }

    /// Tells something of its items, unless nobody is to be told any more.
    ///
    /// @return whether it was told
    private boolean unlessAbandoned(Runnable tell) {
        telling.lock();
        try {
            if (!abandoned) {
                tell.run();
            }
            return !abandoned;
        } finally {
            telling.unlock();
        }
    }

    private @Nullable End answered(ByteBuffer body, int step) {
        Answer answer;
        try {
            answer = Answer.of(body);
        } catch (IOException e) {
            return lost("a node answered what cannot be: " + e.getMessage(), step);
        }
        if (answer.done() > (isFold() ? 1 : step)) {
            return lost("a node answered more than it was asked", step);
        }
        way.starts().add(answer.ran().starts());
        if (!unlessAbandoned(() -> tell(answer))) {
            return new End.Through(nanos);
        }
        inVain = answer.done() > 0 ? 0 : inVain + 1;
        done += answer.done();
        nanos += answer.ran().nanos();
        return switch (answer.end()) {
            case Answer.End.Through() -> inVain < MOST_IN_VAIN ? null
                    : new End.Hopeless("a node takes work and does nothing of it");
            case Answer.End.Died(var death) -> new End.Died(running(death));
            case Answer.End.Hopeless(var why) -> new End.Hopeless(why);
        };
    }

    private void tell(Answer answer) {
        way.losses().answered();
        lease.runBy(answer.ran().pid());
        answer.notes().forEach(this::tell);
        if (answer.done() > 0) {
            byte[] records = answer.array();
            int length = (int) answer.records().size();
            lease.replied(records, length, answer.done(), Answer.isAllOk(records, length));
        }
    }

    private void tell(Answer.Note note) {
        switch (note) {
            case Answer.Note.Printed(long index, var text, long cut) ->
                    lease.printed(index, text, cut);
            case Answer.Note.Emitted(long index, var value) ->
                    lease.emitted(index, value, () -> {});
            case Answer.Note.Expired(int at, var stacks) -> lease.expired(done + at, stacks);
        }
    }

    private Death running(Death death) {
        return new Death(death.pid(), lease.ticket() + done, death.exitCode(), death.cause(),
                death.problematicFrame(), death.errorFile(), death.lastOutput());
    }

    /// A node is gone: what was there may be done again, by this very lease, unless it is always
    /// the same item that was there.
    private @Nullable End lost(String why, int step) {
        if (trip.isCancelled()) {
            return cancelled();
        }
        if (way.isHopeless()) {
            return new End.Hopeless("nothing comes back from any node, only losses: " + why);
        }
        boolean culprit = way.losses().lost(
                lease.job().call(), lease.index() + done, step, isFold());
        return culprit
                ? died("was lost with its node, each time that this item ran: " + why) : null;
    }

    /// The engine does not take what was sent, most likely since it is too large: it goes in
    /// smaller pieces, until it is known which item that is.
    private @Nullable End rejected(String why, int step) {
        if (trip.isCancelled()) {
            return cancelled();
        }
        if (step == 1 || isFold()) {
            return died("was not started, since " + why);
        }
        way.losses().divide(lease.job().call(), lease.index() + done, step);
        return null;
    }

    /// {@return the end with the item that is the next, of a worker of which nothing is known}
    private End died(String cause) {
        return new End.Died(new Death(0, lease.ticket() + done, OptionalInt.empty(), cause, null,
                null, List.of()));
    }
}
