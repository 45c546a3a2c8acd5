package dev.mitosis.internal.call;

import dev.mitosis.OnError;

/// What kind of call a verb makes.
///
/// @param window how many items may be under way if the options do not say
/// @param ownFeeder whether another thread than the consumer takes items
/// @param onError what to do about failures if the options do not say
/// @param whenOver told once when every item has its outcome
record CallShape(long window, boolean ownFeeder, OnError onError, Runnable whenOver) {}
