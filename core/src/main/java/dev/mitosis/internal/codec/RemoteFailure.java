package dev.mitosis.internal.codec;

import org.jspecify.annotations.Nullable;

/// Stands in for an exception of another process that could not travel or not be read here.
///
/// It looks like the original: text, frames, causes and suppressed exceptions.
public final class RemoteFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /// The name of the original's class.
    private final String className;

    /// The original's own description.
    private final String text;

    /// Describes an exception; frames, cause and suppressed ones are set by the maker.
    ///
    /// @param className the name of its class
    /// @param message its message
    /// @param text what its `toString` said
    RemoteFailure(String className, @Nullable String message, String text) {
        super(message);
        this.className = className;
        this.text = text;
    }

    /// {@return the name of the original's class}
    public String className() {
        return className;
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // both shall be the original's
    public String toString() {
        return text;
    }
}
