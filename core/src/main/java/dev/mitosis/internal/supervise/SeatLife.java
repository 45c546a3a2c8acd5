package dev.mitosis.internal.supervise;

import dev.mitosis.internal.Deadline;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One seat as the supervisor sees it: who sits on it, who comes next, and when to start whom.
///
/// All but the worker is owned by the supervisor's thread.
final class SeatLife {
    private static final int MOST_FAILURES = 3;
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);

    final int number;

    // written by the supervisor, read by those who ask for the state
    private volatile @Nullable WorkerProcess worker;

    private @Nullable WorkerProcess successor; // started before the worker goes
    private boolean successorWanted;
    private @Nullable Deadline next; // when to start a process
    private int failures; // starts in a row that failed
    private int starts;

    SeatLife(int number) {
        this.number = number;
    }

    @Nullable WorkerProcess worker() {
        return worker;
    }

    /// {@return the processes of this seat}
    Stream<WorkerProcess> processes() {
        return Stream.of(worker, successor).flatMap(Stream::ofNullable);
    }

    boolean isEmpty() {
        return worker == null;
    }

    /// {@return whether it has a process, or will have one}
    boolean hasHope() {
        return worker != null || next != null;
    }

    // -- starting ----------------------------------------------------------------------------

    /// Begins anew, whatever has failed before.
    void begin() {
        failures = 0;
        next = worker == null ? new Deadline(Deadline.now()) : next;
    }

    /// Wants the one who comes next, warm before the worker goes.
    void wantSuccessor() {
        if (worker != null && successor == null && !successorWanted) {
            successorWanted = true;
            next = new Deadline(Deadline.now());
        }
    }

    /// {@return for how long nothing is to be started, nanoseconds}
    long untilStart() {
        var when = next;
        return when == null ? Long.MAX_VALUE : when.left();
    }

    boolean isToStart() {
        var when = next;
        return when != null && when.isOver();
    }

    /// {@return the name of the start that is tried now}
    LinkServer.Start nextStart() {
        next = null;
        return new LinkServer.Start(number, starts++);
    }

    boolean wasStartedBefore() {
        return starts > 0;
    }

    void started(WorkerProcess process) {
        if (worker == null) {
            worker = process;
        } else {
            successor = process;
            successorWanted = false;
        }
    }

    void succeeded() {
        failures = 0;
    }

    /// A start has failed.
    ///
    /// @return whether the seat is given up
    boolean failed() {
        failures++;
        if (failures < MOST_FAILURES) {
            next = Deadline.in(FIRST_WAIT.multipliedBy(1L << (failures - 1)));
            return false;
        }
        successorWanted = false;
        return worker == null; // else that one goes on, and its end begins anew
    }

    int failures() {
        return failures;
    }

    // -- ending ------------------------------------------------------------------------------

    /// Takes an ended process from the seat; whoever comes next moves up.
    void remove(WorkerProcess process) {
        if (process == worker) {
            worker = successor;
        }
        successor = null;
    }

    /// Starts another process if there is none.
    void refill() {
        if (worker == null) {
            next = new Deadline(Deadline.now());
        }
    }
}
