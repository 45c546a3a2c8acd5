package dev.mitosis.internal.codec;

import dev.mitosis.NotReadableException;
import dev.mitosis.RemoteRunnable;
import dev.mitosis.spi.Bytes;

/// Functions to bytes and back: lambdas, method references, or any serializable object.
public final class Functions {
    private Functions() {}

    /// Serializes a function with what it captures.
    ///
    /// @param function the function
    /// @return the bytes
    /// @throws dev.mitosis.NotShippableException if it cannot travel: names the path of
    ///     fields, the captured variable, the lambda's place and the cure
    public static Bytes encode(Object function) {
        try {
            return JavaWriter.encode(function);
        } catch (Throwable e) {
            throw Complaint.about(function, e);
        }
    }

    /// {@return a `RemoteRunnable` that does nothing, for the place of one that is run no longer}
    public static Bytes nothing() {
        RemoteRunnable nothing = () -> {};
        return encode(nothing);
    }

    /// Reads a function back.
    ///
    /// @param bytes the bytes
    /// @param loader finds classes
    /// @return the function
    /// @throws NotReadableException if it cannot be read back here; says why
    public static Object decode(Bytes bytes, ClassLoader loader) {
        var function = JavaReader.read(bytes, loader, null);
        if (function == null) {
            throw new NotReadableException("the function is null on this side", null);
        }
        return function;
    }
}
