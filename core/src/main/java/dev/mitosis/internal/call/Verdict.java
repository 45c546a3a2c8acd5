package dev.mitosis.internal.call;

import dev.mitosis.spi.CrewListener.Death;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// How an item ended that did not end well.
sealed interface Verdict {
    /// The function threw, or a value could not travel.
    ///
    /// @param cause what it threw
    record Failed(Throwable cause) implements Verdict {}

    /// The item ran too long.
    ///
    /// @param limit the time-out
    /// @param dump the worker's stacks, when they come
    record TimedOut(Duration limit, CompletableFuture<String> dump) implements Verdict {}

    /// The worker died.
    ///
    /// @param death the death
    /// @param worker the number of the worker
    record Died(Death death, int worker) implements Verdict {}

    /// The item was cancelled.
    record Cancelled() implements Verdict {}
}
