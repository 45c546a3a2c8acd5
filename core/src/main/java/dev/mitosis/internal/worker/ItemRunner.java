package dev.mitosis.internal.worker;

import dev.mitosis.NotReadableException;
import dev.mitosis.RemoteFunction;
import dev.mitosis.RemoteLongOperator;
import dev.mitosis.internal.Fold;
import dev.mitosis.internal.LongFold;
import dev.mitosis.internal.codec.ByteSink;
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
    private @Nullable Assignment assignment;
    private long index;

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

    /// Runs all items of an assignment.
    ///
    /// @param next the assignment
    /// @param function its function, or the reason why that could not be read
    /// @throws IOException if the other side is gone
    public void run(Assignment next, Object function) throws IOException {
        assignment = next;
        var outer = CurrentItem.enter(this);
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
        } finally {
            CurrentItem.leave(outer);
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
        for (int i = 0; i < next.count(); i++) {
            if (begin(next, i)) {
                mapOne(items, writer, function);
            } else {
                items.skip();
                outbox.sink().putByte(Kind.CANCELLED);
            }
            outbox.commit(i == next.count() - 1);
        }
        items.finish();
    }

    private void mapOne(
            ItemReader items,
            ValueWriter writer,
            RemoteFunction<@Nullable Object, @Nullable Object> function)
            throws IOException {
        Throwable failure;
        try {
            writer.write(function.apply(items.next()));
            return;
        } catch (ItemReader.Broken e) {
            throw e.link();
        } catch (Throwable e) {
            failure = e;
        }
        writer.writeFailure(failure);
        failed(failure);
    }

    private void mapLong(Assignment next, RemoteLongOperator function) throws IOException {
        ByteSink sink = outbox.sink();
        var writer = new ValueWriter(sink);
        for (int i = 0; i < next.count(); i++) {
            if (begin(next, i)) {
                try {
                    sink.putRecord(Kind.LONG, function.applyAsLong(next.first() + i));
                } catch (Throwable e) {
                    writer.writeFailure(e);
                    failed(e);
                }
            } else {
                sink.putByte(Kind.CANCELLED);
            }
            outbox.commit(i == next.count() - 1);
        }
    }

    private void fold(
            Assignment next, Fold<@Nullable Object, @Nullable Object> fold) throws IOException {
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
        }
        conclude(writer, folded, failure);
        items.finish();
    }

    private void foldLong(Assignment next, LongFold fold) throws IOException {
        var function = fold.function();
        var combine = fold.combine();
        long folded = fold.zero();
        Throwable failure = null;
        int i = 0;
        try {
            for (; i < next.count() && begin(next, i); i++) {
                folded = combine.applyAsLong(folded, function.applyAsLong(next.first() + i));
            }
        } catch (Throwable e) {
            failure = e;
        }
        if (failure == null && i < next.count()) {
            outbox.sink().putByte(Kind.CANCELLED);
            outbox.commit(true);
        } else {
            conclude(new ValueWriter(outbox.sink()), folded, failure);
        }
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

    private void refuse(Assignment next, NotReadableException unreadable) throws IOException {
        boolean one = next.verb() == Job.Verb.FOLD
                || next.verb() == Job.Verb.FOLD_LONG;
        var writer = new ValueWriter(outbox.sink());
        for (int i = 0; i < (one ? 1 : next.count()); i++) {
            begin(next, i);
            writer.writeFailure(unreadable);
            outbox.commit(one || i == next.count() - 1);
        }
    }

    private void failed(Throwable failure) {
        outbox.failed(index);
        noteExhaustion(failure);
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

    private boolean begin(Assignment next, int i) {
        index = next.index() + i;
        return outbox.begin(next.ticket() + i, index);
    }
}
