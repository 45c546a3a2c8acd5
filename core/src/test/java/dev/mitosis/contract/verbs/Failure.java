package dev.mitosis.contract.verbs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.ItemException;
import dev.mitosis.Outcome;
import dev.mitosis.TaskFailedException;
import dev.mitosis.TaskTimeoutException;
import dev.mitosis.WorkerDiedException;
import java.util.concurrent.CancellationException;

/// What an item or a call came to instead of a value, whether an exception or an outcome told it.
///
/// @param index the item, or -1 if it is about the call
/// @param type the exception that tells it
/// @param reason its cause where it has one, otherwise itself; null if an outcome tells it
/// @param message what it says
record Failure(long index, Class<? extends Throwable> type, Throwable reason, String message) {
    /// {@return what an exception tells}
    ///
    /// @param thrown the exception
    static Failure of(Throwable thrown) {
        if (!(thrown instanceof ItemException failure)) {
            return new Failure(-1, thrown.getClass(), thrown, String.valueOf(thrown.getMessage()));
        }
        var message = failure.getMessage();
        assertTrue(message.startsWith("item " + failure.index() + " ("), message);
        var reason = failure.getCause() == null ? failure : failure.getCause();
        return new Failure(failure.index(), failure.getClass(), reason, message);
    }

    /// {@return what an outcome tells that is not a value}
    ///
    /// @param outcome the outcome
    static Failure of(Outcome<?> outcome) {
        long index = outcome.item().index();
        return switch (outcome) {
            case Outcome.Ok<?> ok -> throw new AssertionError(ok + " is no failure");
            case Outcome.Failed<?>(var reason, _) ->
                    new Failure(index, TaskFailedException.class, reason, reason.toString());
            case Outcome.TimedOut<?>(var limit, var dump, _) ->
                    new Failure(index, TaskTimeoutException.class, null, limit + "\n" + dump);
            case Outcome.Died<?>(var report, _) -> {
                assertEquals(index, report.index());
                yield new Failure(index, WorkerDiedException.class, null, report.describe());
            }
            case Outcome.Cancelled<?> _ ->
                    new Failure(index, CancellationException.class, null, "cancelled");
        };
    }

    /// Fails unless the message has a part.
    ///
    /// @param part the part
    void says(String part) {
        assertTrue(message.contains(part), () -> "'" + part + "' is not in: " + message);
    }
}
