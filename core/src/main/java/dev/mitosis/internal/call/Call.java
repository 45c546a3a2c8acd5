package dev.mitosis.internal.call;

import dev.mitosis.CallOptions;
import dev.mitosis.OnError;
import dev.mitosis.PoolClosedException;
import dev.mitosis.internal.schedule.Part;
import dev.mitosis.internal.schedule.Queue;
import dev.mitosis.internal.schedule.Signal;
import dev.mitosis.spi.Job;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One call: what was taken from its input, and how each item of it ended.
///
/// A feeder takes items; those who serve workers bring outcomes; a consumer reads them through a
/// [BatchReader]. [Recovery] sees to what does not end well. Each item gets exactly one outcome,
/// whatever dies. Nothing foreign is called within the lock.
final class Call {
    private static final long MOST_BYTES = 64 << 20;

    final ReentrantLock lock = new ReentrantLock();
    final @Nullable Listening listening;
    final @Nullable Hearing hearing;
    private final Engine engine;
    private final CallShape shape;
    private final Queue queue;
    private final Recovery recovery;
    private final Signal signal = new Signal();
    private final Signal room;
    private final ClassLoader loader = Engine.contextLoader();

    // guarded by lock
    private final ArrayDeque<Batch> unread = new ArrayDeque<>(1); // most have one
    private long taken;
    private long units; // as items, but in a fold the blocks
    private long settled;
    private long handedOut;
    private long heldBytes;
    private boolean inputEnded;
    private boolean over;
    private @Nullable Throwable inputFailure;

    // written under lock, read by any
    private volatile @Nullable RuntimeException broken;
    private volatile long limit = Long.MAX_VALUE;
    private volatile boolean cancelled;

    /// Makes a call that has taken nothing yet, and that the engine is to know next.
    Call(Engine engine, Job job, CallOptions options, CallShape shape) {
        this.engine = engine;
        this.shape = shape;
        this.room = shape.ownFeeder() ? new Signal() : signal;
        this.queue = new Queue(engine.dispatcher(), job, options, room);
        this.recovery = new Recovery(this);
        this.listening = Listening.of(this, options.itemOutput());
        this.hearing = Hearing.of(this, options.listener());
    }

    Engine engine() {
        return engine;
    }

    CallOptions options() {
        return queue.options();
    }

    Queue queue() {
        return queue;
    }

    ClassLoader loader() {
        return loader;
    }

    Recovery recovery() {
        return recovery;
    }

    OnError onError() {
        var rule = options().onError();
        return rule == null ? shape.onError() : rule;
    }

    boolean isFold() {
        return queue.job().verb().isFold();
    }

    /// {@return raised when there may be something to read}
    Signal signal() {
        return signal;
    }

    /// {@return raised when there may be room for more items}
    Signal room() {
        return room;
    }

    // -- for the feeder ----------------------------------------------------------------------

    /// {@return how many items to take now: 0 while there is no room, -1 if no more are wanted}
    ///
    /// @param left how many items the input has at most
    int wanted(long left) {
        lock.lock();
        try {
            if (inputEnded || over || cancelled || limit != Long.MAX_VALUE) {
                return -1;
            }
            long window = options().window() > 0 ? options().window() : shape.window();
            long open = Math.min(window - (taken - handedOut), Integer.MAX_VALUE);
            open = Math.min(open, engine.share(window, queue.size()));
            if (open <= 0 || queue.isFull() || heldBytes > MOST_BYTES && taken > handedOut) {
                return 0;
            }
            return (int) Math.min(open, queue.size().next(left));
        } finally {
            lock.unlock();
        }
    }

    /// Has items run that were cut off the input.
    void take(Input.Cut cut) {
        Strip strip = null;
        Batch batch;
        lock.lock();
        try {
            if (over) {
                return; // the call ended while the input was being pulled
            }
            batch = new Batch(taken, isFold() ? 1 : cut.count(), cut);
            unread.add(batch);
            var items = cut.items();
            if (items != null) {
                var span = new Part.Span(taken, cut.count());
                strip = new Strip(this, batch, batch.units(),
                        owner -> new Part(queue, owner, items, span, 1));
                batch.add(strip, null);
            }
            taken += cut.count();
            units += batch.units();
            heldBytes += cut.bytes();
        } finally {
            lock.unlock();
        }
        if (strip != null) {
            engine.dispatcher().add(strip.part(), false);
        } else {
            recovery.refuse(batch, Objects.requireNonNull(cut.refusal()));
        }
    }

    /// Says that the input has no more items.
    ///
    /// @param failure what it threw instead, or null
    void endInput(@Nullable Throwable failure) {
        lock.lock();
        try {
            if (!inputEnded) {
                inputEnded = true;
                inputFailure = failure;
            }
        } finally {
            lock.unlock();
        }
        settle(0, 0);
    }

    // -- for those who serve workers ---------------------------------------------------------

    void replied(Strip strip, Strip.Reply reply) {
        boolean lastWord = reply.allOk() || recovery.note(strip, reply);
        int counted = reply.units();
        boolean substitutes;
        lock.lock();
        try {
            int first = strip.from() + strip.available();
            substitutes = strip.batch().hasSubstitutes();
            if (substitutes) {
                counted -= strip.batch().substitutesIn(first, first + reply.units());
            }
            heldBytes += strip.publish(reply, lastWord);
        } finally {
            lock.unlock();
        }
        if (reply.allOk()) {
            recovery.tally().endedWell(strip.isRetry() ? 1 : counted);
        }
        if (strip.isRetry() && lastWord && reply.units() > 0) { // else more of it is on its way
            recovery.retried(strip);
        }
        if (substitutes && options().timeout() != null) {
            recovery.unitsEnded(strip); // last: who was being stopped no longer is after that
        }
        settle(counted, 0);
    }

    /// Cuts a strip that is too long for its worker.
    Part cut(Strip strip, int count) {
        Strip rest;
        lock.lock();
        try {
            rest = strip.cutAt(count);
            units += isFold() ? 1 : 0;
        } finally {
            lock.unlock();
        }
        engine.dispatcher().add(rest.part(), true);
        return strip.part();
    }

    /// Counts units that have their outcome now, and wakes whoever waits for that.
    void settle(int ended, int cancelled) {
        boolean nowOver = false;
        engine.counted(ended, cancelled);
        lock.lock();
        try {
            settled += ended + cancelled;
            if (!over && inputEnded && settled >= units) {
                over = true;
                nowOver = true;
            }
        } finally {
            lock.unlock();
        }
        signal.raise();
        if (nowOver) {
            end();
        }
    }

    private void end() {
        room.raise();
        engine.ended(this);
        shape.whenOver().run();
    }

    // -- for the consumer --------------------------------------------------------------------

    /// {@return the next batch to read, or null if there is none yet, or no more}
    @Nullable Batch nextBatch() {
        lock.lock();
        try {
            return unread.poll();
        } finally {
            lock.unlock();
        }
    }

    /// {@return whether no further batch will come}
    boolean isDrained() {
        lock.lock();
        try {
            return unread.isEmpty() && (inputEnded || cancelled || limit != Long.MAX_VALUE);
        } finally {
            lock.unlock();
        }
    }

    /// {@return whether the input threw something that has not been taken}
    boolean hasInputFailure() {
        lock.lock();
        try {
            return inputFailure != null;
        } finally {
            lock.unlock();
        }
    }

    /// {@return what the input threw, once; or null}
    @Nullable Throwable takeInputFailure() {
        lock.lock();
        try {
            var thrown = inputFailure;
            inputFailure = null;
            return thrown;
        } finally {
            lock.unlock();
        }
    }

    /// Counts units that the consumer has got; of a fold its blocks count when they are released.
    void handedOut(int got) {
        lock.lock();
        try {
            handedOut += isFold() ? 0 : got;
        } finally {
            lock.unlock();
        }
        room.raise();
    }

    /// Learns that a batch has been read to its end.
    void released(Batch batch) {
        lock.lock();
        try {
            heldBytes -= batch.bytes() + batch.release();
            handedOut += isFold() ? batch.items() : 0;
        } finally {
            lock.unlock();
        }
        var lent = batch.lent();
        if (lent != null) {
            engine.buffers().giveBack(lent);
        }
    }

    /// Counts bytes that are held no longer.
    void released(long bytes) {
        lock.lock();
        try {
            heldBytes -= bytes;
        } finally {
            lock.unlock();
        }
    }

    /// {@return why the call as a whole ended before its time, or null}
    @Nullable RuntimeException broken() {
        return broken;
    }

    /// {@return the index up to which items are still wanted}
    long limit() {
        return limit;
    }

    // -- endings -----------------------------------------------------------------------------

    /// Wants no items from an index on: what waits never starts, what runs is interrupted.
    void halt(long fromIndex) {
        lock.lock();
        try {
            if (fromIndex >= limit) {
                return;
            }
            limit = fromIndex;
        } finally {
            lock.unlock();
        }
        engine.dispatcher().withdraw(queue, fromIndex);
        engine.dispatcher().watch().stop(queue, fromIndex, !options().killOnAbandon());
        endInput(null);
        room.raise();
    }

    /// Cancels whatever has no outcome yet.
    ///
    /// @param insist whether items that do not end within the grace are killed
    void cancel(boolean insist) {
        lock.lock();
        try {
            if (over || cancelled) {
                return;
            }
            cancelled = true;
            limit = Math.min(limit, 0);
        } finally {
            lock.unlock();
        }
        engine.dispatcher().withdraw(queue, 0);
        engine.dispatcher().watch().stop(queue, 0, !insist);
        endInput(null);
        room.raise();
    }

    /// Stops taking items since the pool is closing; a call that has no feeder of its own, such as
    /// a blocking `map`, counts as taken whole.
    void closeEarly() {
        if (shape.ownFeeder()) {
            endInput(new PoolClosedException("the pool was closed before the input of this call"
                    + " had come to its end; all items taken until then were handed out"));
            room.raise();
        }
    }

    /// Ends the call as a whole.
    void breakOff(RuntimeException why) {
        boolean first;
        lock.lock();
        try {
            first = !over && broken == null;
            if (first) {
                broken = why;
                over = true;
                inputEnded = true;
            }
        } finally {
            lock.unlock();
        }
        signal.raise();
        if (first) {
            engine.dispatcher().withdraw(queue, 0);
            end();
        }
    }
}
