package dev.mitosis.internal.schedule;

import dev.mitosis.WorkerStartException;

/// Learns, seat by seat, that a function of `Pool.everywhere` has run.
public interface Attendance {
    /// {@return the part of a seat whose worker is there already}
    ///
    /// @param seat the seat
    Part part(int seat);

    /// Learns that a worker has run the function before its first item, or that none will come.
    ///
    /// @param seat its seat
    void attended(int seat);

    /// Learns that no worker can be started.
    ///
    /// @param why what the start-up printed
    void hopeless(WorkerStartException why);
}
