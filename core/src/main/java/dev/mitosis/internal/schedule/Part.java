package dev.mitosis.internal.schedule;

import dev.mitosis.spi.Items;
import dev.mitosis.spi.Job;
import dev.mitosis.spi.Lease;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Consecutive items of one call that travel together: a batch, or what is left of one.
public final class Part implements Lease {
    // What is left of a long part when the next one should be on its way: some wake-ups of who
    // sends it, and not more, since what is sent cannot be given to whoever is free first.
    private static final double SOON_NANOS = 0.75 * BatchSize.TARGET_NANOS;

    /// Where the items of a part stand.
    ///
    /// @param index the place of the first in the call's input
    /// @param count how many
    public record Span(long index, int count) {}

    final Queue queue;
    private final PartOwner owner;
    private final Items items;
    private final Span span;
    private final int attempt;
    private final long made;

    // set by whoever makes it, before it is added
    private boolean alone;

    // set by the sender of its seat, before the worker has it
    private int seat = -1;
    private long pid;
    private long ticket;
    private long sent;
    private int nearEnd; // how many of its items have outcomes then; 0 if it is short

    // less than it was made of once items were taken back; written by whoever does that
    private volatile int kept;

    // guarded by the dispatcher's lock: whether its seat knows what it does not keep
    private boolean lessened;

    // written by whoever serves the seat, read by others
    private volatile int done;
    private volatile long runNanos;

    /// Makes a part.
    ///
    /// @param queue the queue of its call
    /// @param owner its call
    /// @param items the items
    /// @param span where they stand
    /// @param attempt which attempt at them this is, from 1
    public Part(Queue queue, PartOwner owner, Items items, Span span, int attempt) {
        this.queue = queue;
        this.owner = owner;
        this.items = items;
        this.span = span;
        this.kept = span.count();
        this.attempt = attempt;
        this.made = dev.mitosis.internal.Deadline.now();
    }

    /// Returns a part of some of this one's items.
    ///
    /// @param newOwner who owns it
    /// @param from how many items to leave out at the beginning
    /// @param count how many items to take
    /// @param attempt which attempt at them it is to be
    /// @return the part
    public Part sub(PartOwner newOwner, int from, int count, int attempt) {
        var some = switch (items) {
            case Items.Values(var bytes, var frames, int skip) ->
                    new Items.Values(bytes, frames, skip + from);
            case Items.Range(long first) -> new Items.Range(first + from);
        };
        return new Part(queue, newOwner, some, new Span(span.index() + from, count), attempt);
    }

    /// Wants a worker for itself that has not run anything yet.
    public void runAlone() {
        alone = true;
    }

    /// Wants a worker that may run as many items as any, if it can be cut only once and was.
    void holdTogether() {
        alone |= !mayBeCut();
    }

    @Override
    public boolean isAlone() {
        return alone;
    }

    /// {@return whether some of its items may run elsewhere: each has an outcome of its own}
    boolean mayBeCut() {
        return switch (queue.job().verb()) {
            case MAP, MAP_LONG -> true;
            case FOLD, FOLD_LONG -> false;
        };
    }

    void assign(int toSeat, long toPid, long firstTicket) {
        seat = toSeat;
        pid = toPid;
        ticket = firstTicket;
        sent = dev.mitosis.internal.Deadline.now();
        double nanos = queue.size().expectedNanos(kept);
        nearEnd = nanos <= Seat.FULL_NANOS ? 0
                : (int) Math.ceil(kept * (1 - SOON_NANOS / nanos));
    }

    @Override
    public Job job() {
        return queue.job();
    }

    @Override
    public Items items() {
        return items;
    }

    @Override
    public int haltAfter() {
        int all = job().haltAfter();
        return all == 0 ? 0 : (int) Math.max(1, all - owner.failures());
    }

    @Override
    public Limits limits() {
        return new Limits(queue.options().timeout(), queue.options().grace());
    }

    @Override
    public void expired(int at, @Nullable String stacks) {
        owner.expired(this, at, stacks == null ? new CompletableFuture<>()
                : CompletableFuture.completedFuture(stacks));
    }

    @Override
    public void runBy(long process) {
        pid = process;
    }

    @Override
    public int count() {
        return kept;
    }

    @Override
    public void keep(int first) {
        kept = first;
    }

    /// Says once how many items were taken back of it, to whoever sees to them then.
    ///
    /// @return how many, or 0 if another has asked before
    int takeLoss() {
        if (lessened || kept == made()) {
            return 0;
        }
        lessened = true;
        return made() - kept;
    }

    /// {@return how many items it had when it was made}
    int made() {
        return span.count();
    }

    @Override
    public long index() {
        return span.index();
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public long ticket() {
        return ticket;
    }

    long bytes() {
        return items instanceof Items.Values values ? values.bytes().size() : 0;
    }

    /// {@return the seat that has it, or -1}
    public int seat() {
        return seat;
    }

    @Override
    public long pid() {
        return pid;
    }

    /// {@return how many of its items have outcomes}
    public int done() {
        return done;
    }

    /// {@return from when it was made until it was sent, nanoseconds}
    public long queuedNanos() {
        return seat < 0 ? 0 : sent - made;
    }

    /// {@return how long the worker ran it, nanoseconds; 0 until it is through}
    public long runNanos() {
        return runNanos;
    }

    /// {@return whether it has the item with this ticket, and no outcome of it; a block that is
    ///     folded has one outcome for all}
    boolean isSuspect(long running) {
        int ended = done > 0 && !mayBeCut() ? kept : done;
        return ticket > 0 && running >= ticket + ended && running < ticket + kept;
    }

    PartOwner owner() {
        return owner;
    }

    @Override
    public void replied(byte[] records, int length, int count, boolean allOk) {
        owner.replied(this, records, length, count, allOk);
        int before = done; // one writer at a time: no update is lost
        done = before + count;
        if (before < nearEnd && done >= nearEnd && done < kept && queue.goesOn()) {
            queue.dispatcher().nearsEnd(this);
        }
    }

    @Override
    public void printed(long index, byte[] text, long cut) {
        owner.printed(this, index, text, cut);
    }

    @Override
    public void emitted(long index, byte[] value, Runnable heard) {
        owner.emitted(this, index, value, heard);
    }

    @Override
    public void ended(long nanos) {
        runNanos = nanos;
        owner.ended(this);
        queue.dispatcher().ended(this, nanos);
    }
}
