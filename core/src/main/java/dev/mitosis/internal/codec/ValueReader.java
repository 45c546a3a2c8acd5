package dev.mitosis.internal.codec;

import dev.mitosis.NotReadableException;
import java.io.IOException;
import java.io.ObjectInputFilter;
import org.jspecify.annotations.Nullable;

/// Reads values and outcomes from records of a [Kind], one after another; for one thread.
public final class ValueReader {
    /// Makes a reader for one stream of records, from its beginning.
    ///
    /// @param source where the records come from
    /// @param loader finds classes
    /// @param filter checks what Java deserializes, or null to let everything pass
    public ValueReader(ByteSource source, ClassLoader loader, @Nullable ObjectInputFilter filter) {
    }

    /// {@return the kind of the next value or outcome, which stays; without [Kind#HUGE]}
    /// @throws IOException if the stream breaks off or is corrupt
    public byte nextKind() throws IOException {
        return 0;
    }

    /// Reads the next value; if it cannot be read back, it is passed over all the same.
    ///
    /// @return the value
    /// @throws NotReadableException if it cannot be read back; says why
    /// @throws IOException if the stream breaks off or is corrupt
    public @Nullable Object read() throws IOException {
        return null;
    }

    /// Reads a value of kind [Kind#LONG], without boxing it.
    ///
    /// @return the number
    /// @throws IOException if the stream breaks off, is corrupt or has another kind here
    public long readLong() throws IOException {
        return 0;
    }

    /// Reads an outcome of kind [Kind#FAILED].
    ///
    /// @return what the function threw, or a stand-in if that cannot be read back
    /// @throws IOException if the stream breaks off or is corrupt
    public Throwable readFailure() throws IOException {
        throw new IOException();
    }

    /// Passes over the next value or outcome.
    ///
    /// @throws IOException if the stream breaks off or is corrupt
    public void skip() throws IOException {
    }
}
