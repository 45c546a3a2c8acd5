package dev.mitosis;

import java.io.Serializable;
import java.util.concurrent.Callable;

/// A task with a result that can travel to a worker process.
///
/// @param <R> the type of the result
@FunctionalInterface
public interface RemoteCallable<R> extends Callable<R>, Serializable {}
