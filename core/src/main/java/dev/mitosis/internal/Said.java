package dev.mitosis.internal;

/// What an exception of foreign code says of itself, whatever its methods do.
public final class Said {
    private Said() {}

    /// {@return what its `toString` says, or the name of its class if that fails}
    ///
    /// @param failure the exception
    public static String by(Throwable failure) {
        try {
            var text = failure.toString();
            return text == null ? failure.getClass().getName() : text; // against the rules
        } catch (Throwable e) {
            return failure.getClass().getName();
        }
    }
}
