package dev.mitosis.internal.schedule;

/// What is to be done next in a pool, outside the dispatcher's lock.
sealed interface Step {
    /// Give a part to a seat.
    ///
    /// @param promised whether the seat has promised to run it; else it must be cut first
    /// @param most how many items the seat's worker may have
    record Send(Seat seat, Part part, boolean promised, int most) implements Step {}

    /// Have a seat's worker replaced.
    record Renew(Seat seat) implements Step {}

    /// Look soon whether one seat waits for what is stuck at another.
    record Help() implements Step {}
}
