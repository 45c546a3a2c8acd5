package dev.mitosis;

/// Learns what each item of a call has printed; see [CallOptions#withItemOutput].
///
/// It is called on the thread that reads the outcomes of the call, before that thread gets the
/// outcome of the item: for a verb that waits the caller's own, for `Results` the one that asks
/// them for more, for a `Task` one of the pool's, before the task is complete. So it is never
/// called twice at a time for one call, and one that blocks holds up nobody but its own reader.
/// What it throws is logged once for each call and changes nothing.
@FunctionalInterface
public interface ItemOutput {
    /// Takes what an item has printed during one attempt at it; not called if that was nothing.
    ///
    /// @param index the place of the item in the input of its call
    /// @param attempt which attempt, from 1; all of them are told one after another
    /// @param text what it wrote to standard output and standard error, in the order written; of
    ///     more than 64,000 bytes the last, after a line that says how many were cut off
    void printed(long index, int attempt, String text);
}
