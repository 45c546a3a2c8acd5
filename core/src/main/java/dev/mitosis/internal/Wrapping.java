package dev.mitosis.internal;

/// A function of this library around one of the user's.
public interface Wrapping {
    /// {@return the user's function}
    Object wrapped();
}
