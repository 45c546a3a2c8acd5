package dev.mitosis.internal.schedule;

import dev.mitosis.spi.CrewListener.Death;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The call that parts belong to, as the schedule sees it.
///
/// Called by whoever serves workers: quick, without user code, and never within the schedule's
/// lock.
public interface PartOwner {
    /// Takes outcomes of the next items of a part.
    ///
    /// @param part the part
    /// @param records outcome records, complete, now the owner's
    /// @param length how many bytes of the array they fill
    /// @param items how many outcomes they are
    /// @param allOk whether none of them is a failure
    void replied(Part part, byte[] records, int length, int items, boolean allOk);

    /// Learns what an item of a part has printed, before it has an outcome.
    ///
    /// @param part the part
    /// @param index the place of the item in the call's input
    /// @param text what it printed, or the end of that
    /// @param cut how many bytes before that were cut off
    default void printed(Part part, long index, byte[] text, long cut) {}

    /// Learns what an item of a part has emitted, before it has an outcome.
    ///
    /// @param part the part
    /// @param index the place of the item in the call's input
    /// @param value a value record
    /// @param heard is to be run when the listener has been told
    default void emitted(Part part, long index, byte[] value, Runnable heard) {
        heard.run();
    }

    /// {@return how many items of the call have failed so far}
    default long failures() {
        return 0;
    }

    /// Learns that a part is through.
    ///
    /// @param part the part
    void ended(Part part);

    /// Learns that the worker of a part died, or that it never came to run.
    ///
    /// @param part the part; of its items, [Part#done] had outcomes
    /// @param suspect whether the next item was running when the worker died
    /// @param death the death, or null if the worker left in order
    void lost(Part part, boolean suspect, @Nullable Death death);

    /// Learns that items of a part were taken back from its worker, which has not begun them, and
    /// has them queued again.
    ///
    /// @param part the part
    /// @param from of its items, the first taken back
    /// @param most how many of them to give to a worker together
    void tookBack(Part part, int from, int most);

    /// Cuts a part that is too long for its worker, and has the rest of it queued again.
    ///
    /// @param part the part, not yet sent
    /// @param count how many items to keep
    /// @return the part with so many items, to be sent instead
    Part cut(Part part, int count);

    /// Learns that a part was withdrawn before it was sent.
    ///
    /// @param part the part
    void withdrawn(Part part);

    /// Learns that an item has run longer than its time-out and is being stopped.
    ///
    /// @param part the part
    /// @param at which of its items, from 0
    /// @param dump the stacks of its worker, when they come
    void expired(Part part, int at, CompletableFuture<String> dump);

    /// Learns that no worker can be started.
    ///
    /// @param why what the start-up printed
    void hopeless(dev.mitosis.WorkerStartException why);
}
