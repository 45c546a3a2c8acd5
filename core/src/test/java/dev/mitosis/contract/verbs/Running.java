package dev.mitosis.contract.verbs;

import dev.mitosis.ItemException;
import dev.mitosis.LongResults;
import dev.mitosis.Outcome;
import dev.mitosis.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/// A call that was made, or is made by whoever awaits it.
interface Running {
    /// Waits until the call is over.
    ///
    /// @return the values, and a [Failure] for each item whose failure a lazy verb tells in its place,
    ///     or for what ended its results
    /// @throws Exception what the call throws
    List<Object> await() throws Exception;

    /// Cancels the call, if there is a way other than an interrupt.
    ///
    /// @return whether there is
    default boolean cancel() {
        return false;
    }

    /// {@return a call of a verb that waits and returns one value}
    ///
    /// @param call the call
    static Running one(Callable<?> call) {
        return () -> List.of(call.call());
    }

    /// {@return a call of a verb that waits and returns values}
    ///
    /// @param call the call
    static Running many(Callable<? extends List<?>> call) {
        return () -> List.copyOf(call.call());
    }

    /// {@return a call that a future stands for}
    ///
    /// @param <R> the type of its result
    /// @param future the future
    /// @param values takes the result apart
    static <R> Running future(Future<R> future, Function<? super R, ? extends List<?>> values) {
        return new Running() {
            @Override
            public List<Object> await() throws Exception {
                return List.copyOf(values.apply(future.get()));
            }

            @Override
            public boolean cancel() {
                return future.cancel(true);
            }
        };
    }

    /// {@return a lazy call}
    ///
    /// @param results its results
    static Running lazy(Results<?> results) {
        return new Running() {
            @Override
            public List<Object> await() {
                return drained(results::hasNext, () -> valueOf(results.next()));
            }

            @Override
            public boolean cancel() {
                results.close();
                return true;
            }
        };
    }

    private static List<Object> drained(BooleanSupplier hasNext, Supplier<Object> next) {
        var all = new ArrayList<Object>();
        while (true) {
            try {
                if (!hasNext.getAsBoolean()) {
                    return all;
                }
                all.add(next.get());
            } catch (ItemException e) {
                all.add(Failure.of(e));
            } catch (RuntimeException e) {
                all.add(Failure.of(e));
                return all;
            }
        }
    }

    private static Object valueOf(Object result) {
        return switch (result) {
            case Outcome.Ok<?>(var value, _) -> value;
            case Outcome<?> outcome -> Failure.of(outcome);
            default -> result;
        };
    }

    /// {@return a lazy call of numbers}
    ///
    /// @param results its results
    static Running lazy(LongResults results) {
        return new Running() {
            @Override
            public List<Object> await() {
                return drained(results::hasNext, results::nextLong);
            }

            @Override
            public boolean cancel() {
                results.close();
                return true;
            }
        };
    }
}
