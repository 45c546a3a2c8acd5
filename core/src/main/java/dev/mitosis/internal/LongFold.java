package dev.mitosis.internal;

import dev.mitosis.RemoteLongBinaryOperator;
import dev.mitosis.RemoteLongOperator;
import java.io.Serializable;

/// A reduction of numbers as it travels; nothing is boxed.
///
/// @param function applied to each number
/// @param combine combines two folds, associatively
/// @param zero the identity of `combine`
public record LongFold(
        RemoteLongOperator function, RemoteLongBinaryOperator combine, long zero)
        implements Serializable {}
