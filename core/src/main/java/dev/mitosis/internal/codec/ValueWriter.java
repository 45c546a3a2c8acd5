package dev.mitosis.internal.codec;

import dev.mitosis.NotShippableException;
import org.jspecify.annotations.Nullable;

/// Writes values and outcomes as records of a [Kind], one after another; for one thread.
public final class ValueWriter {
    /// Makes a writer for one stream of records.
    ///
    /// @param sink where the records go
    public ValueWriter(ByteSink sink) {
    }

    /// Appends one value; if it cannot travel, the sink stays as it was.
    ///
    /// @param value the value
    /// @throws NotShippableException if it cannot travel; names the path of fields and the cure
    public void write(@Nullable Object value) {
    }

    /// Appends a number, as [#write] does, without boxing it.
    ///
    /// @param value the number
    public void writeLong(long value) {
    }

    /// Appends what a function threw, or a faithful stand-in; never fails.
    ///
    /// @param failure what it threw
    public void writeFailure(Throwable failure) {
    }
}
