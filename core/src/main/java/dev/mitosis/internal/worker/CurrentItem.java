package dev.mitosis.internal.worker;

import dev.mitosis.RemoteFunction;
import dev.mitosis.WorkerContext;
import dev.mitosis.internal.Fold;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The item that runs now on this thread, as its function may ask about it.
///
/// @param worker the number of the worker
/// @param callName the name of the call
/// @param index the place in the input
/// @param attempt which attempt
/// @param outbox knows whether it was cancelled
public record CurrentItem(int worker, String callName, long index, int attempt, Outbox outbox)
        implements WorkerContext {
    private static final ThreadLocal<@Nullable ItemRunner> RUNNER = new ThreadLocal<>();

    // an odd constant with evenly spread bits, so that neighbouring indices get distant seeds
    // (the golden ratio of Steele, Lea and Flood, Fast splittable pseudorandom number generators,
    // OOPSLA 2014)
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    /// {@return the context of the item that this thread runs}
    /// @throws IllegalStateException if it runs none
    public static WorkerContext current() {
        var runner = RUNNER.get();
        if (runner == null) {
            throw new IllegalStateException("WorkerContext.current() may only be asked by a"
                    + " function that a pool runs, on the thread that runs it");
        }
        return runner.context();
    }

    /// Makes a runner the one that this thread's items are run by.
    ///
    /// @return the one before, to be entered again
    static @Nullable ItemRunner enter(@Nullable ItemRunner runner) {
        var outer = RUNNER.get();
        RUNNER.set(runner);
        return outer;
    }

    @Override
    public RandomGenerator random() {
        return new SplittableRandom(index * GOLDEN + callName.hashCode());
    }

    @Override
    public void emit(Object message) {
        var runner = RUNNER.get();
        if (runner == null || !runner.context().equals(this)) {
            throw new IllegalStateException("only the thread that runs an item may emit for it,"
                    + " and only while the item runs");
        }
        outbox.emit(index, message);
    }

    @Override
    public boolean isCancelled() {
        return outbox.isCancelled();
    }

    @SuppressWarnings("unchecked") // the caller's types were checked where the call was made
    static RemoteFunction<@Nullable Object, @Nullable Object> function(Object function) {
        return (RemoteFunction<@Nullable Object, @Nullable Object>) function;
    }

    @SuppressWarnings("unchecked") // as above
    static Fold<@Nullable Object, @Nullable Object> fold(Object fold) {
        return (Fold<@Nullable Object, @Nullable Object>) fold;
    }
}
