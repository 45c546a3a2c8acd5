package dev.mitosis.internal.codec;

import org.jspecify.annotations.Nullable;

/// A value has to be written again from its start, and in another way.
final class Again extends Exception {
    private static final long serialVersionUID = 1L;

    /// Why.
    enum Reason {
        /// A shape has to come first.
        SHAPE,
        /// Long lengths are needed.
        HUGE,
        /// Something is referred to twice.
        SHARED
    }

    final transient Reason reason;
    final transient @Nullable RecordShape shape;

    Again(Reason reason, @Nullable RecordShape shape) {
        super(null, null, false, false);
        this.reason = reason;
        this.shape = shape;
    }
}
