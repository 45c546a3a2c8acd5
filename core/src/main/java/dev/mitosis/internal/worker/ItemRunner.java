package dev.mitosis.internal.worker;

import dev.mitosis.NotReadableException;
import dev.mitosis.RemoteFunction;
import dev.mitosis.RemoteLongOperator;
import dev.mitosis.internal.Deadline;
import dev.mitosis.internal.Fold;
import dev.mitosis.internal.Holdings;
import dev.mitosis.internal.LongFold;
import dev.mitosis.internal.codec.Column;
import dev.mitosis.internal.codec.Kind;
import dev.mitosis.internal.codec.ValueWriter;
import dev.mitosis.spi.Job;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Runs the items of assignments, one after another, on one thread; here user code is called.
///
/// Whatever a function throws, any Throwable, becomes the outcome of its item and nothing else.
/// Only a broken link ends a run early, with an IOException.
@SuppressWarnings("NullAway") // items and results are the user's: null is legal among them
public final class ItemRunner {
    private static final int MOST_CAUSES = 100; // a chain may be a ring

    // owned by the running thread, which alone asks for its context
    private final int worker;
    private final Outbox outbox;
    private final ClassLoader loader;
    private final Holdings holdings = new Holdings();
    private @Nullable Assignment assignment;
    private long index;
    private int claimed; // of the assignment's items, how many will run here

    /// Makes a runner.
    ///
    /// @param worker the number of the worker
    /// @param outbox where outcomes go
    /// @param loader finds the classes of items
    public ItemRunner(int worker, Outbox outbox, ClassLoader loader) {
        this.worker = worker;
        this.outbox = outbox;
        this.loader = loader;
    }

    /// What a thread's items were run by before.
    ///
    /// @param runner the runner, or null if there was none
    /// @param holdings what the thread held
    record Outer(@Nullable ItemRunner runner, Holdings holdings) {}

    /// Makes this thread run its items here, until it is told to [#leave].
    Outer enter() {
        return new Outer(CurrentItem.enter(this), holdings.enter());
    }

    /// Makes this thread what it was.
    static void leave(Outer outer) {
        CurrentItem.enter(outer.runner());
        Holdings.leave(outer.holdings());
    }

    /// Runs the items of an assignment, or those of them that are not taken back, on any thread.
    ///
    /// @param next the assignment
    /// @param function its function, or the reason why that could not be read
    /// @return whether there were any
    /// @throws IOException if the other side is gone
    public boolean run(Assignment next, Object function) throws IOException {
        var outer = enter();
        try {
            return runHere(next, function);
        } finally {
            leave(outer);
        }
    }

    /// Does what [#run] does, on a thread that has been made to [#enter].
    boolean runHere(Assignment next, Object function) throws IOException {
        assignment = next;
        claimed = 0;
        try {
            if (function instanceof NotReadableException unreadable) {
                refuse(next, unreadable);
            } else {
                switch (next.verb()) {
                    case MAP -> map(next, CurrentItem.function(function));
                    case MAP_LONG -> mapLong(next, (RemoteLongOperator) function);
                    case FOLD -> fold(next, CurrentItem.fold(function));
                    case FOLD_LONG -> foldLong(next, (LongFold) function);
                }
            }
            return claimed > 0;
        } finally {
            assignment = null;
        }
    }

    /// {@return the context of the item that runs now}
    CurrentItem context() {
        var now = assignment;
        if (now == null) {
            throw new IllegalStateException("no item is running on this thread");
        }
        return new CurrentItem(worker, now.name(), index, now.attempt(), outbox);
    }

    private void map(Assignment next, RemoteFunction<@Nullable Object, @Nullable Object> function)
            throws IOException {
        var items = new ItemReader(next, loader);
        var writer = new ValueWriter(outbox.sink());
        for (int i = 0; i < next.count() && claims(next, i, false); i++) {
            boolean last = i == next.count() - 1;
            if (begin(next, i)) {
                mapOne(items, writer, function, last);
            } else {
                items.skip();
                outbox.sink().putByte(Kind.CANCELLED);
                outbox.commit(last);
            }
        }
        items.finish();
    }

    private void mapOne(
            ItemReader items,
            ValueWriter writer,
            RemoteFunction<@Nullable Object, @Nullable Object> function,
            boolean last)
            throws IOException {
        Object value;
        try {
            value = function.apply(items.next());
        } catch (ItemReader.Broken e) {
            throw e.link();
        } catch (Throwable e) {
            failed(writer, e, last);
            return;
        }
        endItem();
        byte kind = Column.kindOf(value);
        if (kind == Kind.NULL) {
            commit(writer, value, last);
        } else {
            outbox.commit(kind, Column.bits((Number) value), last);
        }
    }

    private void commit(ValueWriter writer, @Nullable Object value, boolean last)
            throws IOException {
        try {
            writer.write(value);
        } catch (Throwable e) {
            failed(writer, e, last);
            return;
        }
        outbox.commit(last);
    }

    private void mapLong(Assignment next, RemoteLongOperator function) throws IOException {
        var writer = new ValueWriter(outbox.sink());
        for (int i = 0; i < next.count() && claims(next, i, false); i++) {
            boolean last = i == next.count() - 1;
            if (!begin(next, i)) {
                outbox.sink().putByte(Kind.CANCELLED);
                outbox.commit(last);
                continue;
            }
            long value;
            try {
                value = function.applyAsLong(next.first() + i);
            } catch (Throwable e) {
                failed(writer, e, last);
                continue;
            }
            endItem();
            outbox.commit(Kind.LONG, value, last);
        }
    }

    private void fold(
            Assignment next, Fold<@Nullable Object, @Nullable Object> fold) throws IOException {
        if (!claims(next, 0, true)) {
            return;
        }
        var items = new ItemReader(next, loader);
        var writer = new ValueWriter(outbox.sink());
        Object folded = fold.zero();
        Throwable failure = null;
        for (int i = 0; i < next.count() && failure == null; i++) {
            if (!begin(next, i)) {
                outbox.sink().putByte(Kind.CANCELLED);
                outbox.commit(true);
                items.finish();
                return;
            }
            try {
                folded = fold.combine().apply(folded, fold.function().apply(items.next()));
            } catch (ItemReader.Broken e) {
                throw e.link();
            } catch (Throwable e) {
                failure = e;
            }
            endItem();
        }
        conclude(writer, folded, failure);
        items.finish();
    }

    /// To say of each number that it begins would take longer than many a function; so that is said
    /// once a stride, and its first number stands for the others: a fold has one outcome for all
    /// of them anyway.
    private void foldLong(Assignment next, LongFold fold) throws IOException {
        if (!claims(next, 0, true)) {
            return;
        }
        long folded = fold.zero();
        int stride = 1;
        long now = Deadline.now();
        for (int done = 0; done < next.count(); ) {
            if (!begin(next, done)) {
                outbox.sink().putByte(Kind.CANCELLED);
                outbox.commit(true);
                return;
            }
            int end = Math.min(next.count(), done + stride);
            try {
                folded = fold(next, fold, folded, done, end);
            } catch (Throwable e) {
                conclude(new ValueWriter(outbox.sink()), null, e);
                return;
            } finally {
                endItem();
            }
            long before = now;
            now = Deadline.now();
            stride = outbox.isExact() ? 1 : Stride.next(end - done, now - before);
            done = end;
        }
        conclude(new ValueWriter(outbox.sink()), folded, null);
    }

    private long fold(Assignment next, LongFold fold, long before, int from, int end)
            throws Exception {
        var function = fold.function();
        var combine = fold.combine();
        long folded = before;
        for (int i = from; i < end; i++) {
            index = next.index() + i;
            folded = combine.applyAsLong(folded, function.applyAsLong(next.first() + i));
        }
        return folded;
    }

    private void conclude(
            ValueWriter writer, @Nullable Object folded, @Nullable Throwable failure)
            throws IOException {
        Throwable late = failure;
        if (late == null) {
            try {
                writer.write(folded);
            } catch (Throwable e) {
                late = e;
            }
        }
        if (late != null) {
            outbox.sink().putRecord(Kind.AT, index);
            writer.writeFailure(late);
            noteExhaustion(late);
        }
        outbox.commit(true);
    }

    /// Answers for an item only after all its bytes have arrived, as when it runs: whoever hears
    /// of its outcome may use the array again that they were sent from.
    private void refuse(Assignment next, NotReadableException unreadable) throws IOException {
        boolean one = next.verb().isFold();
        var items = new ItemReader(next, loader);
        var writer = new ValueWriter(outbox.sink());
        // a block of numbers may be long, and has no bytes
        int first = next.verb() == Job.Verb.FOLD_LONG && claims(next, 0, true)
                ? next.count() - 1 : 0;
        for (int i = first; i < next.count() && claims(next, i, one); i++) {
            items.skip();
            boolean last = i == next.count() - 1;
            if (last || !one) {
                begin(next, i);
                writer.writeFailure(unreadable);
                outbox.commit(last);
            }
        }
        items.finish();
    }

    /// Lets go of what the item has left held, before anybody learns that it has ended.
    private void endItem() {
        var now = assignment;
        if (!holdings.isEmpty() && now != null) {
            holdings.endItem(now.name(), index);
        }
    }

    private void failed(ValueWriter writer, Throwable failure, boolean last) throws IOException {
        endItem();
        writer.writeFailure(failure);
        outbox.failed(index);
        noteExhaustion(failure);
        outbox.commit(last);
    }

    private void noteExhaustion(Throwable failure) {
        int depth = 0;
        for (Throwable e = failure; e != null && depth < MOST_CAUSES; e = e.getCause()) {
            if (e instanceof OutOfMemoryError) {
                outbox.exhausted();
                return;
            }
            depth++;
        }
    }

    /// {@return whether an item will run here, and is not taken back with all after it}
    private boolean claims(Assignment next, int i, boolean whole) {
        if (i == claimed) {
            claimed += outbox.claim(next.ticket() + i, next.count() - i, whole);
        }
        return i < claimed;
    }

    private boolean begin(Assignment next, int i) {
        index = next.index() + i;
        return outbox.begin(next.ticket() + i, index);
    }
}
