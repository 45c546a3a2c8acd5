package dev.mitosis;

import java.util.random.RandomGenerator;

/// What a running item may ask about itself: [#current()] inside the function.
public interface WorkerContext {
    /// Returns the context of the item that this thread is running.
    ///
    /// @return the context
    /// @throws IllegalStateException on any thread that is not running an item
    static WorkerContext current() {
        return Pools.currentContext();
    }

    /// {@return the number of the worker, from 0; a replacement keeps it}
    int worker();

    /// {@return the name of the call, see [CallOptions#withName]; empty if it has none}
    String callName();

    /// {@return the item's place in the input, from 0}
    long index();

    /// {@return which attempt at the item this is, from 1}
    int attempt();

    /// Returns a source of random numbers for this item.
    ///
    /// It is split by the item's index: the numbers are the same for every number of workers,
    /// every chunk size and every retry. Each call of this method starts the sequence anew.
    ///
    /// @return the generator
    RandomGenerator random();

    /// {@return whether the item has been cancelled, or has run out of time, and should stop}
    boolean isCancelled();
}
