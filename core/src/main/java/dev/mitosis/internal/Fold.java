package dev.mitosis.internal;

import dev.mitosis.RemoteBinaryOperator;
import dev.mitosis.RemoteFunction;
import java.io.Serializable;

/// A reduction as it travels: what to apply to each item, and how to combine the results.
///
/// @param <T> the type of an item
/// @param <A> the type of the fold
/// @param function applied to each item
/// @param combine combines two folds, associatively
/// @param zero the identity of `combine`
@SuppressWarnings("serial") // zero is the user's: the codec refuses it by name if it cannot travel
public record Fold<T, A>(RemoteFunction<T, A> function, RemoteBinaryOperator<A> combine, A zero)
        implements Serializable {}
