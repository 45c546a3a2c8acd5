package dev.mitosis;

import org.jspecify.annotations.Nullable;

/// A function, an item or a result cannot be serialized, and so cannot travel.
///
/// The message names the path of fields to the culprit, the captured variable and the place of the
/// lambda where there are such, and the cure.
public final class NotShippableException extends PoolException {
    private static final long serialVersionUID = 1L;

    /// Reports what cannot travel.
    ///
    /// @param message the path to the culprit, and the cure
    /// @param cause the serializer's own complaint, if there is one
    public NotShippableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
