package dev.mitosis.internal.supervise;

import dev.mitosis.internal.Deadline;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One seat as the supervisor sees it; all but the worker is owned by its thread.
final class SeatLife {
    /// After so many failed starts in a row a seat is given up.
    static final int MOST_FAILURES = 3;

    private static final Duration FIRST_WAIT = Duration.ofMillis(100);

    final int number;

    // written by the supervisor, read by those who ask for the state
    volatile @Nullable WorkerProcess worker;

    @Nullable Deadline next; // when to start a worker, if there is none
    int failures; // starts in a row that failed
    int starts;

    SeatLife(int number) {
        this.number = number;
    }

    static Duration backoff(int failures) {
        return FIRST_WAIT.multipliedBy(1L << Math.min(failures - 1, 8));
    }
}
