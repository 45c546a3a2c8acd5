package dev.mitosis.share;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Memory that this process owns: it ends when it is closed here, or when this process ends.
///
/// @param place where it is
/// @param name its name, or null
/// @param arena what unmaps it here
/// @param segment all of it
record Block(Place place, @Nullable String name, Arena arena, MemorySegment segment) {}
