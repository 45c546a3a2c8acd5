package dev.mitosis.internal.supervise;

/// What happens to a worker process.
sealed interface WorkerEvent {
    /// Its sockets are there, and it has said hello.
    record Arrived() implements WorkerEvent {}

    /// It says that it has run what it was to run first.
    ///
    /// @param onboarded how many functions of `Pool.everywhere` were among that
    record SaidReady(int onboarded) implements WorkerEvent {}

    /// The worker before it on its seat is gone.
    record SeatIsFree() implements WorkerEvent {}

    /// Its parent wants it to finish what it has and leave.
    record ToldToLeave() implements WorkerEvent {}

    /// It says that it leaves.
    record SaidLeft() implements WorkerEvent {}

    /// Its parent has killed it.
    record WasKilled() implements WorkerEvent {}

    /// A socket of its has ended.
    record FellSilent() implements WorkerEvent {}

    /// Its reply ring was read to the last outcome, and no other will come.
    record RingDrained() implements WorkerEvent {}

    /// Its process has ended, and what it said and printed before was heard and read, or waited for
    /// long enough.
    ///
    /// @param status the exit status; 128 + n after signal n
    record Exited(int status) implements WorkerEvent {}
}
