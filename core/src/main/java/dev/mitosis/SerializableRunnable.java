package dev.mitosis;

import java.io.Serializable;

/// A [Runnable] that can travel to a worker process; for [RemoteExecutor] alone.
///
/// There a [RemoteRunnable] would make a plain lambda ambiguous with [Runnable]. This one is a
/// subtype of it, so that `executor.submit(() -> work())` chooses it without a cast.
@FunctionalInterface
public interface SerializableRunnable extends Runnable, Serializable {}
