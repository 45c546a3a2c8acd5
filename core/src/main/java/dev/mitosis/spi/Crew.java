package dev.mitosis.spi;

import dev.mitosis.PoolStats;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The workers of one pool, each on a numbered seat; a worker that ends is replaced on its seat.
///
/// No method blocks but [#close]. A crew never calls its listener or a lease from within a lock
/// that one of these methods takes. A seat's worker runs its leases in the order they were given.
public interface Crew {
    /// {@return how many seats there are}
    int seats();

    /// {@return whether a lease runs on the thread that gives it, before [#lease] returns}
    boolean runsAtOnce();

    /// {@return whether a lease given early is on its way while the one before it runs}
    default boolean prefetches() {
        return true;
    }

    /// {@return how many of its seats have a worker, or soon will; on a cluster nodes come and go}
    default int staffed() {
        return seats();
    }

    /// {@return how long the work of a lease should take, so that giving it hardly counts}
    default Duration leaseTime() {
        return Duration.ofMillis(1);
    }

    /// {@return whether its workers are on this machine, where they can share memory with this
    /// process and call its objects}
    default boolean isHere() {
        return true;
    }

    /// {@return the machines that its workers are on; none if that is this one}
    default List<PoolStats.Node> nodes() {
        return List.of();
    }

    /// {@return whether its workers can tell what each item has printed}
    default boolean tellsPrints() {
        return false;
    }

    /// Begins to start workers on all empty seats; again after [CrewListener#hopeless].
    void start();

    /// Adds a `RemoteRunnable` that each worker started from now on runs before its first item.
    ///
    /// @param function the function, serialized
    /// @return how many have been added so far
    int onboard(Bytes function);

    /// Takes back a function of [#onboard] that has failed: a worker that has not begun to run it
    /// does not, or it might never be ready. It keeps its number, and counts as run.
    ///
    /// @param number how many had been added when this one was
    default void retract(int number) {}

    /// Gives a lease to a seat whose worker is ready. If that worker is gone already, the lease is
    /// left alone: the listener is, or was, told of the death. If anything is thrown, [#kill] is
    /// called.
    ///
    /// @param seat the seat
    /// @param lease the lease
    void lease(int seat, Lease lease);

    /// Asks that items of a call that have not started on any seat never start; each is answered
    /// as cancelled.
    ///
    /// @param call the call
    /// @param fromIndex the lowest such item
    void skip(long call, long fromIndex);

    /// Takes back what a seat's worker was given and has not begun: it will never run that, nor
    /// say anything of it. A lease that it has begun is told to keep what it has begun of it
    /// ([Lease#keep]); a fold is taken back as a whole or not at all.
    ///
    /// @param seat the seat
    /// @return the ticket of the first item taken back, or -1 if there is none
    default long takeBack(int seat) {
        return -1;
    }

    /// Takes outcomes in on the calling thread for a moment, so that one who waits for them need
    /// not be woken by another thread. A crew that has no use for that returns at once.
    ///
    /// @param done looked at again and again
    /// @param nanos for how long to look without a pause at most
    /// @param nap how to pause between looks, or null to look without pauses alone
    /// @throws InterruptedException if a pause was interrupted
    default void lead(BooleanSupplier done, long nanos, @Nullable Nap nap)
            throws InterruptedException {}

    /// A short sleep of whoever leads, from which it is woken when there is something for it.
    interface Nap {
        /// Sleeps.
        ///
        /// @param nanos for how long at most
        /// @throws InterruptedException if this thread is interrupted
        void take(long nanos) throws InterruptedException;
    }

    /// Takes back an array of [Lease#replied] whose records have been read; it may be used again.
    ///
    /// @param records the array, not to be used by the caller any more
    default void giveBack(byte[] records) {}

    /// Says that a call is over, and its function may be forgotten unless it is to be kept.
    ///
    /// @param job the call
    void forget(Job job);

    /// {@return the ticket of the item that a seat's worker runs now, or -1}
    ///
    /// @param seat the seat
    long running(int seat);

    /// Interrupts the item with this ticket, if a seat's worker still runs it.
    ///
    /// @param seat the seat
    /// @param ticket the item
    void interrupt(int seat, long ticket);

    /// {@return since when the item of a seat's worker waits for a hosted object, on the scale of
    /// [System#nanoTime], or null if it does not, or nobody knows}
    ///
    /// @param seat the seat
    default @Nullable Long waitingSince(int seat) {
        return null;
    }

    /// Asks a seat's worker for the stacks of its threads.
    ///
    /// @param seat the seat
    /// @return the dump; may never complete if the worker is stuck
    CompletableFuture<String> dump(int seat);

    /// Kills a seat's worker now; it is replaced, and reported as any other death.
    ///
    /// @param seat the seat
    /// @param why the cause, in words, for the death report
    void kill(int seat, String why);

    /// Begins to start the worker that will take a seat when its present worker is gone, so that
    /// it is warm by then.
    ///
    /// @param seat the seat
    default void prepare(int seat) {}

    /// Lets a seat's worker finish its leases, leave in order, and be replaced.
    ///
    /// @param seat the seat
    void retire(int seat);

    /// {@return the process of a seat's worker, or 0; and what it is doing}
    ///
    /// @param seat the seat
    Status status(int seat);

    /// {@return bytes sent to workers and received from them since the beginning, and starts}
    Traffic traffic();

    /// Lets all workers leave and waits until they are gone; kills those that do not leave in
    /// time. Interrupted, it kills at once and keeps the flag set. Nothing is replaced any more.
    ///
    /// @param patience how long they may take
    void close(Duration patience);

    /// What a seat's worker is doing.
    ///
    /// @param pid its process, or 0
    /// @param state `starting`, `ready`, `leaving` or `gone`
    record Status(long pid, String state) {}

    /// What went to and fro.
    ///
    /// @param bytesSent bytes sent to workers
    /// @param bytesReceived bytes received from workers
    /// @param starts workers started
    record Traffic(long bytesSent, long bytesReceived, long starts) {}
}
