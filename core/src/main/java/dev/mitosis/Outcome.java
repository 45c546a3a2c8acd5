package dev.mitosis;

import java.time.Duration;

/// How one item ended: the verdict that [Pool#outcomes] gives for each item, exactly one.
///
/// @param <R> the type of a result
public sealed interface Outcome<R> {
    /// {@return the item this is the outcome of}
    Item item();

    /// The function returned.
    ///
    /// @param <R> the type of the result
    /// @param value what it returned; may be null
    /// @param item the item
    record Ok<R>(R value, Item item) implements Outcome<R> {}

    /// The function threw, or its argument or result could not travel.
    ///
    /// @param <R> the type of a result
    /// @param exception the worker's own exception, or a [NotShippableException] or
    ///     [NotReadableException]
    /// @param item the item
    record Failed<R>(Throwable exception, Item item) implements Outcome<R> {}

    /// The item ran longer than its time-out.
    ///
    /// @param <R> the type of a result
    /// @param limit the time-out
    /// @param stackDump the worker's threads just before it was stopped, or why there is no dump
    /// @param item the item
    record TimedOut<R>(Duration limit, String stackDump, Item item) implements Outcome<R> {}

    /// The worker died while it was running the item, which may have had effects.
    ///
    /// @param <R> the type of a result
    /// @param report what is known of the death
    /// @param item the item
    record Died<R>(DeathReport report, Item item) implements Outcome<R> {}

    /// The item was cancelled before it had an outcome.
    ///
    /// @param <R> the type of a result
    /// @param item the item
    record Cancelled<R>(Item item) implements Outcome<R> {}

    /// What is known of an item when it has ended.
    ///
    /// @param index its place in the input, from 0
    /// @param attempts how often it was started
    /// @param pid the process that ran it last, or 0 if none did
    /// @param queued from when it was taken from the input until it was sent to a worker
    /// @param run how long its batch ran, divided among the items of the batch
    record Item(long index, int attempts, long pid, Duration queued, Duration run) {}
}
