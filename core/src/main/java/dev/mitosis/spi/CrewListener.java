package dev.mitosis.spi;

import dev.mitosis.WorkerStartException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Learns what becomes of a crew's workers; its methods return quickly and run no user code.
public interface CrewListener {
    /// A worker is ready for leases; its tickets begin at 1.
    ///
    /// @param seat its seat
    /// @param pid its process; or, if its leases are told of that by [Lease#runBy], what tells it
    ///     from those before it on its seat
    /// @param onboarded how many of the functions of [Crew#onboard] it has run
    void ready(int seat, long pid, int onboarded);

    /// A worker died; every outcome it had committed was reported before.
    ///
    /// @param seat its seat, on which another will start
    /// @param death what is known
    void died(int seat, Death death);

    /// A worker left as it was asked to.
    ///
    /// @param seat its seat, on which another will start unless the crew is closed
    void left(int seat);

    /// A worker had better be replaced after what it runs now: it has grown too large, is out of
    /// some memory, or runs code that has changed.
    ///
    /// @param seat its seat
    void worn(int seat);

    /// The item of a worker is about to call a hosted object, and may wait in that; see
    /// [Crew#waitingSince].
    default void calls() {}

    /// No worker can be started on one seat, which stays empty; there are others.
    ///
    /// @param seat the seat
    /// @param why what was tried and what the start-up printed
    void gaveUp(int seat, WorkerStartException why);

    /// No worker can be started: the crew has given up, and has no worker left.
    ///
    /// @param why what was tried and what the start-up printed
    void hopeless(WorkerStartException why);

    /// The death of a worker.
    ///
    /// @param pid its process
    /// @param running the ticket of the item it was running, or -1
    /// @param exitCode its exit status if known; 128 + n after signal n
    /// @param cause why it died, in words
    /// @param problematicFrame the native frame in which the JVM crashed, if it did
    /// @param errorFile the JVM's own crash report, if it wrote one
    /// @param lastOutput the last lines it printed
    record Death(
            long pid,
            long running,
            OptionalInt exitCode,
            String cause,
            @Nullable String problematicFrame,
            @Nullable Path errorFile,
            List<String> lastOutput) {}
}
