package dev.mitosis;

import java.time.Duration;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The results of a lazy verb such as [Pool#imap], as they come, in bounded memory.
///
/// One pass: [#iterator()] returns this. Results are decoded on the thread that asks for them, one
/// thread at a time. An item that failed throws its [ItemException] from [#next()] at its place,
/// and iteration goes on after it. When the input itself threw, that exception is thrown unwrapped
/// at its place, and then the results end.
///
/// Close it, best by `try (...)`: that cancels what is left and stops pulling input. One that is
/// abandoned is closed once it is unreachable.
///
/// @param <R> the type of a result
@SuppressWarnings("IterableAndIterator") // one pass: for-each and next() on the same results
public interface Results<R> extends Iterator<R>, Iterable<R>, AutoCloseable {
    /// Waits until it is known whether there is a next result.
    ///
    /// @return whether there is one; true also for one that will throw
    @Override
    boolean hasNext();

    /// Waits for the next result and returns it.
    ///
    /// @return the result; null if the function returned null
    /// @throws ItemException if the item at this place failed; the next call goes on after it
    /// @throws PoolClosedException if the pool was closed before this item was taken
    /// @throws CallInterruptedException if this thread is interrupted; its flag stays set
    /// @throws java.util.NoSuchElementException if there are no more
    @Override
    R next();

    /// Waits for the next result, but no longer than given; nothing is lost, ask again.
    ///
    /// @param timeout how long to wait at most
    /// @return the result
    /// @throws TimeoutException if there was none in time
    R next(Duration timeout) throws TimeoutException;

    /// {@return this}
    @Override
    default Iterator<R> iterator() {
        return this;
    }

    /// {@return what is left, as a sequential stream; closing it closes this}
    default Stream<R> stream() {
        var left = Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED);
        return StreamSupport.stream(left, false).onClose(this::close);
    }

    /// Cancels what is left and stops pulling input; idempotent.
    @Override
    void close();
}
