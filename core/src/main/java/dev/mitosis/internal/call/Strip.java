package dev.mitosis.internal.call;

import dev.mitosis.WorkerStartException;
import dev.mitosis.internal.codec.ByteSource;
import dev.mitosis.internal.codec.Kind;
import dev.mitosis.internal.codec.Records;
import dev.mitosis.internal.schedule.Part;
import dev.mitosis.internal.schedule.PartOwner;
import dev.mitosis.spi.CrewListener.Death;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Consecutive units of a batch whose outcomes one worker brings, one after another.
final class Strip implements PartOwner {
    /// Outcomes as they come from a worker.
    ///
    /// @param records the records
    /// @param length how many bytes they fill
    /// @param units how many outcomes they are
    /// @param allOk whether none of them is a failure
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Reply(byte[] records, int length, int units, boolean allOk) {}

    private final Call call;
    private final Batch batch;
    private final int from;
    private final boolean retry;

    // guarded by the call's lock
    private @Nullable Reply unread; // the next
    private @Nullable ArrayDeque<Reply> more; // those after it, if there ever were some

    // of the item that the failure to come is about, said in a reply before it; owned by whoever
    // brings replies
    private long place = -1;

    // owned by the consumer: the reply that is being read
    private byte @Nullable [] reading;

    // written under the call's lock, read by any
    private volatile Part part;
    private volatile int to;
    private volatile boolean withdrawn;
    private volatile int available;

    /// Makes a strip, and the part that is to bring it.
    Strip(Call call, Batch batch, int to, Function<Strip, Part> parts) {
        this(call, batch, new Units(0, to), false, parts);
    }

    /// Consecutive units.
    private record Units(int from, int to) {}

    private Strip(
            Call call, Batch batch, Units units, boolean retry, Function<Strip, Part> parts) {
        this.call = call;
        this.batch = batch;
        this.from = units.from();
        this.to = units.to();
        this.retry = retry;
        this.part = parts.apply(this);
    }

    // -- under the call's lock ---------------------------------------------------------------

    /// Makes the strip that brings the last units of this one anew, and adds it to the batch.
    Strip again(int first, int end, int attempt) {
        var rest = new Strip(call, batch, new Units(first, end), retry, owner -> isFold()
                ? part.sub(owner, 0, part.count(), attempt)
                : part.sub(owner, first - from, end - first, attempt));
        if (!retry) {
            batch.add(rest, this);
        }
        rest.holdTogether();
        return rest;
    }

    /// A block of a fold that was cut cannot be cut once more: its neighbour has the next unit. It
    /// fits a worker that has not run anything yet, since it has fitted one before.
    private void holdTogether() {
        if (isFold() && batch.units() > 1) {
            part.runAlone();
        }
    }

    /// Makes the strip of another attempt at one unit.
    Strip retry(int unit, int attempt) {
        var next = new Strip(call, batch, new Units(unit, unit + 1), true, owner -> isFold()
                ? part.sub(owner, 0, part.count(), attempt)
                : part.sub(owner, unit - from, 1, attempt));
        next.holdTogether();
        return next;
    }

    /// Leaves all but the first items to another strip, which is added to the batch.
    ///
    /// @return that strip
    Strip cutAt(int count) {
        var whole = part;
        int split = isFold() ? from + 1 : from + count;
        int end = isFold() ? from + 2 : to;
        var rest = new Strip(call, batch, new Units(split, end), false, owner ->
                whole.sub(owner, count, whole.count() - count, whole.attempt()));
        var first = whole.sub(this, 0, count, whole.attempt());
        batch.add(rest, this); // the last that may fail: until here nothing has changed
        if (isFold()) {
            batch.moreUnits(1);
        }
        part = first;
        to = split;
        return rest;
    }

    void end(int unit) {
        to = unit;
    }

    /// Drops the pieces of an outcome that will never be complete, and that nobody will read.
    ///
    /// @return how many bytes they are
    long dropUnfinished() {
        long bytes = 0;
        for (Reply last; (last = last()) != null && last.units() == 0; ) {
            bytes += last.records().length;
            if (more == null || more.pollLast() == null) {
                unread = null;
            }
        }
        return bytes;
    }

    /// Drops all outcomes that were not read.
    ///
    /// @return how many bytes they are
    long dropUnread() {
        long bytes = 0;
        for (Reply next; (next = poll()) != null; ) {
            bytes += next.records().length;
        }
        return bytes;
    }

    private @Nullable Reply poll() {
        var next = unread;
        unread = more == null ? null : more.pollFirst();
        return next;
    }

    private @Nullable Reply last() {
        return more == null || more.isEmpty() ? unread : more.peekLast();
    }

    /// Takes outcomes; keeps them only if somebody will read them.
    ///
    /// @param lastWord whether all of them are the last word on their units
    /// @return how many bytes are kept
    long publish(Reply reply, boolean lastWord) {
        int before = available; // under the lock: no update is lost
        available = before + reply.units();
        if (retry ? !lastWord : batch.isReleased()) {
            return 0;
        }
        if (unread == null) {
            unread = reply;
        } else {
            more = more == null ? new ArrayDeque<>() : more;
            more.addLast(reply);
        }
        return reply.records().length;
    }

    // -- from any thread ---------------------------------------------------------------------

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    Batch batch() {
        return batch;
    }

    Part part() {
        return part;
    }

    boolean isRetry() {
        return retry;
    }

    boolean isFold() {
        return call.isFold();
    }

    long indexOf(int unit) {
        return isFold() ? part.index() : batch.base() + unit;
    }

    /// {@return how many units have published outcomes}
    int available() {
        return available;
    }

    boolean isWithdrawn() {
        return withdrawn;
    }

    void withdraw() {
        withdrawn = true;
    }

    /// {@return the bytes of the outcomes, from the first on; for the consumer}
    ByteSource source() {
        return new ByteSource() {
            @Override
            protected boolean refill() {
                var next = next();
                if (next == null) {
                    return false;
                }
                giveBack();
                reading = next.records();
                call.released(next.records().length);
                window(next.records(), 0, next.length());
                return true;
            }

            @Override
            protected boolean handsOver() {
                reading = null; // a long value comes in an array of its own, the consumer's now
                return true;
            }
        };
    }

    /// Learns that the outcomes that were taken last have been read.
    void giveBack() {
        var read = reading;
        if (read != null) {
            reading = null;
            call.engine().dispatcher().crew().giveBack(read);
        }
    }

    private @Nullable Reply next() {
        call.lock.lock();
        try {
            return poll();
        } finally {
            call.lock.unlock();
        }
    }

    /// {@return the index of the item that a failure to come is about, if that was said, or -1}
    long takePlace() {
        long known = place;
        place = -1;
        return known;
    }

    // -- as the owner of its part ------------------------------------------------------------

    @Override
    public void replied(Part by, byte[] records, int length, int items, boolean allOk) {
        if (items == 0 && records[0] == Kind.AT) {
            place = Records.place(records, 0); // a long failure comes in a reply of its own
        }
        call.replied(this, new Reply(records, length, items, allOk));
    }

    @Override
    public void printed(Part by, long index, byte[] text, long cut) {
        var listening = call.listening;
        if (listening != null) {
            listening.printed(batch, isFold() ? from : (int) (index - batch.base()),
                    new Listening.Print(index, by.attempt(), text, cut));
        }
    }

    @Override
    public void emitted(Part by, long index, byte[] value, Runnable heard) {
        var hearing = call.hearing;
        if (hearing == null) {
            heard.run();
        } else {
            hearing.emitted(new Hearing.Message(index, value, heard));
        }
    }

    @Override
    public long failures() {
        return call.recovery().tally().failures();
    }

    @Override
    public void ended(Part through) {}

    @Override
    public void lost(Part gone, boolean suspect, @Nullable Death death) {
        call.recovery().lost(this, suspect ? death : null);
    }

    @Override
    public void tookBack(Part lessened, int first, int most) {
        call.recovery().tookBack(this, first, most);
    }

    @Override
    public Part cut(Part whole, int count) {
        return call.cut(this, count);
    }

    @Override
    public void expired(Part running, int at, CompletableFuture<String> dump) {
        call.recovery().expired(this, at, dump);
    }

    @Override
    public void withdrawn(Part unsent) {
        call.recovery().withdrawn(this);
    }

    @Override
    public void hopeless(WorkerStartException why) {
        call.breakOff(why);
    }
}
