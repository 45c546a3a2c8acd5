package dev.mitosis.internal.worker;

import dev.mitosis.internal.codec.ByteSource;
import dev.mitosis.spi.Job;
import org.jspecify.annotations.Nullable;

/// A lease as its worker sees it.
///
/// @param verb what to do
/// @param call the number of the call
/// @param name the name of the call
/// @param ticket the number of its first item among all items of this worker
/// @param index the place of its first item in the call's input
/// @param count how many items
/// @param attempt which attempt at its items this is, from 1
/// @param values where the items are read from, or null for consecutive numbers
/// @param most how many values a frame has
/// @param skip how many of the values do not belong to this lease
/// @param first the first of the consecutive numbers
public record Assignment(
        Job.Verb verb,
        long call,
        String name,
        long ticket,
        long index,
        int count,
        int attempt,
        @Nullable ByteSource values,
        int most,
        int skip,
        long first) {}
