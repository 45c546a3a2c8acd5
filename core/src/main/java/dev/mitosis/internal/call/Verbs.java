package dev.mitosis.internal.call;

import dev.mitosis.CallOptions;
import dev.mitosis.LongRange;
import dev.mitosis.OnError;
import dev.mitosis.internal.call.BatchReader.State;
import dev.mitosis.spi.Job;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The verbs that wait: each feeds its call and reads its outcomes on the calling thread.
final class Verbs {
    private static final int MOST_ITEMS = Integer.MAX_VALUE - 8;
    private static final int MOST_EXPECTED = 1 << 20; // a size may be a lie
    private static final int MOST_SUPPRESSED = 10;
    private static final CallShape SHAPE =
            new CallShape(Long.MAX_VALUE, false, OnError.failFast(), () -> {});

    private final Engine engine;
    private final CallOptions options;

    Verbs(Engine engine, CallOptions options) {
        this.engine = engine;
        this.options = options;
    }

    /// What is done with the values of units, in order.
    private interface Sink {
        /// Takes the value that was read last, and perhaps some that follow it.
        ///
        /// @return how many
        int take(BatchReader read) throws Exception;
    }

    /// Refuses what a list cannot hold, before anything starts.
    static void requireListable(Iterable<?> items) {
        java.util.Objects.requireNonNull(items, "items");
        if (items instanceof LongRange range && range.size() > MOST_ITEMS) {
            throw new IllegalArgumentException("a List holds at most " + MOST_ITEMS
                    + " results, the range has " + range.size()
                    + " items: use imap, which hands them out as they come");
        }
    }

    /// Refuses what an array cannot hold, before anything starts.
    private static void requireArray(LongRange range) {
        if (range.size() > MOST_ITEMS) {
            throw new IllegalArgumentException("an array holds at most " + MOST_ITEMS
                    + " results, the range has " + range.size()
                    + " items: use imapToLong, which hands them out as they come");
        }
    }

    Input input(Iterable<?> items) {
        return items instanceof LongRange range
                ? new RangeInput(range)
                : new ValuesInput(items, engine.buffers(), options.chunkSize());
    }

    <R> List<R> map(Call call, Iterable<?> items) {
        ResultList<R> results;
        try {
            results = new ResultList<>(expected(items));
        } catch (Throwable e) { // the size of a collection is the user's code
            call.cancel(options.killOnAbandon());
            throw e;
        }
        run(call, input(items), true, read -> add(results, read));
        return results;
    }

    private static int expected(Iterable<?> items) {
        long all = items instanceof Collection<?> some ? some.size()
                : items instanceof LongRange range ? range.size() : 10;
        return Math.clamp(all, 0, MOST_EXPECTED);
    }

    private static int add(ResultList<?> results, BatchReader read) {
        if (read.isNumber()) {
            results.addNumber(read.numberKind(), read.number());
            return 1 + results.addRun(read);
        }
        results.addValue(read.value());
        return 1;
    }

    long[] mapToLong(Supplier<Job> job, LongRange range) {
        requireArray(range);
        var results = new long[(int) range.size()];
        var at = new int[1];
        run(open(job.get()), new RangeInput(range), true, read -> {
            int count = add(results, at[0], read);
            at[0] += count;
            return count;
        });
        return results;
    }

    private static int add(long[] results, int at, BatchReader read) {
        results[at] = read.number();
        return 1 + read.readRun(results, at + 1, results.length - at - 1);
    }

    @Nullable Object one(Job job, Input input) {
        var result = new Object[1];
        run(open(job), input, false, read -> {
            result[0] = read.value();
            return 1;
        });
        return result[0];
    }

    /// Combines the folds of blocks, in order.
    interface Combine {
        @Nullable Object apply(@Nullable Object left, @Nullable Object right) throws Exception;
    }

    @Nullable Object reduce(Job job, Input input, @Nullable Object zero, Combine combine) {
        var folded = new Object[] {zero};
        run(open(job), input, false, read -> {
            folded[0] = combine.apply(folded[0], read.value());
            return 1;
        });
        return folded[0];
    }

    /// Begins a call; from now on closing the pool waits for it.
    Call open(Job job) {
        var call = new Call(engine, job, options, SHAPE);
        engine.began(call);
        return call;
    }

    private void run(Call call, Input input, boolean numbers, Sink sink) {
        var cursor = new OrderedCursor(call, numbers);
        var drive = new Drive(call, cursor, new Feeder(call, input));
        try {
            readAll(call, drive, sink);
        } catch (Throwable e) {
            call.cancel(options.killOnAbandon());
            throw e;
        }
    }

    private static void readAll(Call call, Drive drive, Sink sink) {
        List<RuntimeException> failures = List.of(); // its own as soon as it has any
        for (State state; (state = drive.next(null)) != State.END; ) {
            if (state == State.VALUE) {
                drive.handedOut(pass(sink, drive.read()));
            } else {
                drive.handedOut(1);
                if (failures.isEmpty()) {
                    failures = new ArrayList<>();
                }
                if (failures.size() <= MOST_SUPPRESSED) {
                    failures.add(Endings.exception(call, drive.read()));
                }
                if (call.onError() instanceof OnError.FailFast) {
                    drive.awaitHeard();
                    break;
                }
            }
        }
        throwFirst(failures);
        var inputFailure = call.takeInputFailure();
        if (inputFailure != null) {
            throw Verbs.<RuntimeException>asIs(inputFailure);
        }
    }

    private static int pass(Sink sink, BatchReader read) {
        try {
            return sink.take(read);
        } catch (Exception e) {
            throw Verbs.<RuntimeException>asIs(e);
        }
    }

    private static void throwFirst(List<RuntimeException> failures) {
        if (!failures.isEmpty()) {
            var first = failures.getFirst();
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    /// Throws anything unwrapped, as the input or the user's operator threw it.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> RuntimeException asIs(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
