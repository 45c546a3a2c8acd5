package dev.mitosis.contract.product;

import dev.mitosis.ItemException;
import dev.mitosis.Outcome;
import dev.mitosis.TaskFailedException;
import dev.mitosis.TaskTimeoutException;
import dev.mitosis.WorkerDiedException;

/// How an item ended, in the same words whether a value, an exception or an outcome told it.
///
/// @param index the item's place in the input
/// @param attempts how often it was started
/// @param ending how the last attempt ended
record Told(long index, int attempts, String ending) {
    static final String OK = "ok";
    static final String TIMED_OUT = "timed out";
    static final String DIED = "died with its worker";

    static String failed(Class<? extends Throwable> cause) {
        return "failed by " + cause.getSimpleName();
    }

    /// {@return what a value tells}
    ///
    /// @param value a result of [Behaviour#act]
    static Told by(Object value) {
        var parts = value.toString().split("/");
        return new Told(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), OK);
    }

    /// {@return what an exception tells}
    ///
    /// @param failure the exception
    static Told by(ItemException failure) {
        return new Told(failure.index(), failure.attempts(), switch (failure) {
            case TaskFailedException failed -> failed(failed.getCause().getClass());
            case TaskTimeoutException _ -> TIMED_OUT;
            case WorkerDiedException _ -> DIED;
        });
    }

    /// {@return what an outcome tells}
    ///
    /// @param outcome the outcome
    static Told by(Outcome<?> outcome) {
        return new Told(outcome.item().index(), outcome.item().attempts(), switch (outcome) {
            case Outcome.Ok<?> ok -> by(ok.value()).ending();
            case Outcome.Failed<?> failed -> failed(failed.exception().getClass());
            case Outcome.TimedOut<?> _ -> TIMED_OUT;
            case Outcome.Died<?> _ -> DIED;
            case Outcome.Cancelled<?> _ -> "cancelled";
        });
    }

    boolean isOk() {
        return ending.equals(OK);
    }
}
