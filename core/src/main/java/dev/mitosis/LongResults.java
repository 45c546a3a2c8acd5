package dev.mitosis;

import java.util.PrimitiveIterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;

/// The results of [Pool#imapToLong], in order and unboxed, as they come.
///
/// One pass, for one thread at a time. An item that failed throws its [ItemException] from
/// [#nextLong()] at its place; iteration goes on after it.
public interface LongResults extends PrimitiveIterator.OfLong, AutoCloseable {
    /// Waits for the next result and returns it.
    ///
    /// @return the result
    /// @throws ItemException if the item at this place failed; the next call goes on after it
    /// @throws PoolClosedException if the pool was closed before this item was taken
    /// @throws CallInterruptedException if this thread is interrupted; its flag stays set
    /// @throws java.util.NoSuchElementException if there are no more
    @Override
    long nextLong();

    /// {@return what is left, as a sequential stream; closing it closes this}
    default LongStream stream() {
        var left = Spliterators.spliteratorUnknownSize(
                this, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE);
        return StreamSupport.longStream(left, false).onClose(this::close);
    }

    /// Cancels what is left; idempotent.
    @Override
    void close();
}
