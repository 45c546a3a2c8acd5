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

    /// Sends a message to the listener of the call, see [CallOptions#withListener], while the item
    /// runs. Does nothing if it has none.
    ///
    /// Only the thread that runs the item may. It waits while the listener is some hundred messages
    /// behind. A message of an attempt that then fails, or whose worker dies, may have been heard.
    ///
    /// @param message the message, at most 64,000 bytes when it is serialized
    /// @throws NotShippableException if it cannot travel
    /// @throws IllegalArgumentException if it is too large
    /// @throws IllegalStateException on another thread than that of the item
    /// @throws CallInterruptedException if the item is cancelled, or runs out of time, meanwhile
    void emit(Object message);

    /// {@return whether the item has been cancelled, or has run out of time, and should stop}
    boolean isCancelled();
}
