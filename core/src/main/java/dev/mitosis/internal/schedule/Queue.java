package dev.mitosis.internal.schedule;

import dev.mitosis.CallOptions;
import dev.mitosis.spi.Job;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The parts of one call that wait for a worker.
public final class Queue {
    private static final int ROOM = 64;
    private static final long MOST_BYTES = 512 << 10; // what the caches hold

    private final Dispatcher dispatcher;
    private final Job job;
    private final CallOptions options;
    private final BatchSize size;
    private final Signal room;

    // guarded by the dispatcher's lock
    final ArrayDeque<Part> pending = new ArrayDeque<>(1); // most have one
    boolean listed; // whether it stands in the dispatcher's round
    long limit = Long.MAX_VALUE; // items from here on are not wanted any more

    // written under the dispatcher's lock, read by the feeder
    private volatile int waiting;
    private volatile long waitingBytes;

    private volatile boolean over; // set before workers forget the call

    /// Makes the empty queue of a call.
    ///
    /// @param dispatcher serves it
    /// @param job the call's function
    /// @param options the call's options
    /// @param room raised when parts have left the queue
    public Queue(Dispatcher dispatcher, Job job, CallOptions options, Signal room) {
        this.dispatcher = dispatcher;
        this.job = job;
        this.options = options;
        this.size = new BatchSize(options.chunkSize(),
                dispatcher.crew().leaseTime().toNanos(), dispatcher::staffed, most(job.verb()));
        this.room = room;
    }

    /// {@return how many items a batch may have, since they are bytes on both sides}
    private static int most(Job.Verb verb) {
        return switch (verb) {
            case MAP, FOLD -> 1 << 16;
            case MAP_LONG -> 1 << 17;
            case FOLD_LONG -> 1 << 26; // no bytes there, and few back
        };
    }

    /// {@return the call's function}
    public Job job() {
        return job;
    }

    /// {@return the call's options}
    public CallOptions options() {
        return options;
    }

    /// {@return how many items to send together}
    public BatchSize size() {
        return size;
    }

    /// {@return whether it holds as many parts as are useful}
    public boolean isFull() {
        int parts = waiting;
        return parts >= 2 * dispatcher.staffed()
                && !(parts < ROOM && waitingBytes < MOST_BYTES && isQuick() && !size.isGrowing());
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    void add(Part part, boolean first) {
        if (first) {
            pending.addFirst(part);
        } else {
            pending.addLast(part);
        }
        count(part.bytes());
    }

    private void count(long more) {
        long before = waitingBytes; // under the lock: no update is lost
        waitingBytes = before + more;
        waiting = pending.size();
    }

    /// Has no worker begin items from an index on.
    void skip(long fromIndex) {
        dispatcher.crew().skip(job.call(), fromIndex);
        if (over) {
            dispatcher.crew().forget(job); // once more: nobody else would take this back
        }
    }

    /// Has workers forget the call, which is over.
    public void forget() {
        over = true;
        dispatcher.crew().forget(job);
    }

    @Nullable Part take() {
        var part = pending.pollFirst();
        count(part == null ? 0 : -part.bytes());
        return part;
    }

    void raiseRoom() {
        room.raise();
    }

    /// {@return whether a part waits for each worker, so that one may have its next early}
    boolean goesOn() {
        return waiting >= dispatcher.staffed();
    }

    /// {@return whether items are known to run for a moment only}
    public boolean isQuick() {
        double nanos = size.expectedNanos(1);
        return nanos >= 0 && nanos < BatchSize.TARGET_NANOS / 8.0;
    }
}
