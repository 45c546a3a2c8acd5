package dev.mitosis.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A seat's promise to run some consecutive items of a call.
///
/// The crew reports outcomes, in order, through [#replied] and then [#ended], from one thread at a
/// time. When the worker dies in the middle it says so once to [CrewListener#died], after it has
/// reported every outcome that the worker had committed, and never again calls this lease.
public interface Lease {
    /// {@return the function}
    Job job();

    /// {@return the items}
    Items items();

    /// {@return how many items, at least one}
    int count();

    /// {@return the place of the first item in the call's input}
    long index();

    /// {@return which attempt at its items this is, from 1}
    int attempt();

    /// {@return the number of its first item among all that this seat's worker was given}
    long ticket();

    /// {@return the process it was promised to; a crew whose worker is another by now drops it}
    long pid();

    /// {@return whether it wants a worker that has not run anything yet, since it may have killed
    /// the one before}
    default boolean isAlone() {
        return false;
    }

    /// {@return after how many failures nothing more of it is begun, 0 for never: what is left of
    /// [Job#haltAfter] now, for a crew that does not keep one count for each worker}
    default int haltAfter() {
        return job().haltAfter();
    }

    /// {@return how long its items may run; a crew that tells what runs now need not look at it}
    default Limits limits() {
        return Limits.NONE;
    }

    /// How long items may run.
    ///
    /// @param timeout how long each, or null for as long as it likes
    /// @param grace how long an item that was interrupted may take to end before it is killed
    record Limits(@Nullable Duration timeout, Duration grace) {
        /// As long as they like.
        public static final Limits NONE = new Limits(null, Duration.ofSeconds(2));
    }

    /// Learns, before any outcome is reported, that an item has run longer than it may and was
    /// interrupted: from a crew that keeps the time itself, since nobody else can.
    ///
    /// @param at which of the items, from 0
    /// @param stacks the stacks of its worker, or null if it could not say
    default void expired(int at, @Nullable String stacks) {}

    /// Learns, before any outcome is reported, which process runs it; from a crew whose seats are
    /// not processes.
    ///
    /// @param pid the process, on whatever machine
    default void runBy(long pid) {}

    /// Learns that the worker will run only the first of its items, since the others were taken
    /// back from it; from now on [#count] says how many.
    ///
    /// @param first how many
    void keep(int first);

    /// Takes the outcomes of the next items.
    ///
    /// @param records outcome records, complete, now owned by this lease
    /// @param length how many bytes of the array they fill
    /// @param items how many outcomes they are
    /// @param allOk whether none of them is a failure
    void replied(byte[] records, int length, int items, boolean allOk);

    /// Learns what an item has printed, before its outcome is reported; only if the job wants it.
    ///
    /// @param index the place of the item in the call's input
    /// @param text what it printed, or the end of that; UTF-8, not checked
    /// @param cut how many bytes before that were cut off
    default void printed(long index, byte[] text, long cut) {}

    /// Learns what an item has emitted, before its outcome is reported; only if the job is listened
    /// to.
    ///
    /// @param index the place of the item in the call's input
    /// @param value a value record, not checked
    /// @param heard is run when the listener has been told, on any thread
    default void emitted(long index, byte[] value, Runnable heard) {
        heard.run();
    }

    /// Learns that the worker is through with this lease.
    ///
    /// @param runNanos how long the worker ran it
    void ended(long runNanos);
}
