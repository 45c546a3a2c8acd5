package dev.mitosis;

import java.util.List;

/// The verbs of a [Pool] whose functions take several arguments.
///
/// Each is the verb of one argument that it names, with its options, errors and bounds.
public sealed interface StarVerbs permits Pool {
    /// As [Pool#map(RemoteFunction, Iterable)] with two arguments, from [Args].
    ///
    /// @param <A> the type of the first argument
    /// @param <B> the type of the second argument
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param items the input, pulled on demand
    /// @return the results, in order
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    default <A, B, R> List<R> starmap(
            RemoteBiFunction<? super A, ? super B, ? extends R> fn,
            Iterable<Args2<A, B>> items) {
        return one().map(Spread.of(fn), items);
    }

    /// As [#starmap(RemoteBiFunction, Iterable)], with at most so many items in one frame.
    default <A, B, R> List<R> starmap(
            RemoteBiFunction<? super A, ? super B, ? extends R> fn,
            Iterable<Args2<A, B>> items,
            int chunkSize) {
        return one().map(Spread.of(fn), items, chunkSize);
    }

    /// As [Pool#mapAsync(RemoteFunction, Iterable)] with two arguments.
    ///
    /// @param <A> the type of the first argument
    /// @param <B> the type of the second argument
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param items the input, pulled on demand
    /// @return the future of all results
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    default <A, B, R> Task<List<R>> starmapAsync(
            RemoteBiFunction<? super A, ? super B, ? extends R> fn,
            Iterable<Args2<A, B>> items) {
        return one().mapAsync(Spread.of(fn), items);
    }

    /// As [#starmapAsync(RemoteBiFunction, Iterable)], with at most so many items in one frame.
    default <A, B, R> Task<List<R>> starmapAsync(
            RemoteBiFunction<? super A, ? super B, ? extends R> fn,
            Iterable<Args2<A, B>> items,
            int chunkSize) {
        return one().mapAsync(Spread.of(fn), items, chunkSize);
    }

    /// As [Pool#imap(RemoteFunction, Iterable)] with two arguments.
    ///
    /// @param <A> the type of the first argument
    /// @param <B> the type of the second argument
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param items the input, pulled on demand
    /// @return the results; close them
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    default <A, B, R> Results<R> istarmap(
            RemoteBiFunction<? super A, ? super B, ? extends R> fn,
            Iterable<Args2<A, B>> items) {
        return one().imap(Spread.of(fn), items);
    }

    /// As [#istarmap(RemoteBiFunction, Iterable)], with at most so many items in one frame.
    default <A, B, R> Results<R> istarmap(
            RemoteBiFunction<? super A, ? super B, ? extends R> fn,
            Iterable<Args2<A, B>> items,
            int chunkSize) {
        return one().imap(Spread.of(fn), items, chunkSize);
    }

    /// As [Pool#imapUnordered(RemoteFunction, Iterable)] with two arguments.
    ///
    /// @param <A> the type of the first argument
    /// @param <B> the type of the second argument
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param items the input, pulled on demand
    /// @return the results; close them
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    default <A, B, R> Results<R> istarmapUnordered(
            RemoteBiFunction<? super A, ? super B, ? extends R> fn,
            Iterable<Args2<A, B>> items) {
        return one().imapUnordered(Spread.of(fn), items);
    }

    /// As [#istarmapUnordered(RemoteBiFunction, Iterable)], with at most so many items in one
    /// frame.
    ///
    /// @param <A> the type of the first argument
    /// @param <B> the type of the second argument
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param items the input, pulled on demand
    /// @param chunkSize at most so many items travel in one frame; it changes no result and no
    ///     error
    /// @return the results; close them
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    default <A, B, R> Results<R> istarmapUnordered(
            RemoteBiFunction<? super A, ? super B, ? extends R> fn,
            Iterable<Args2<A, B>> items,
            int chunkSize) {
        return one().imapUnordered(Spread.of(fn), items, chunkSize);
    }

    /// As [Pool#map(RemoteFunction, Iterable)] with three arguments, from [Args].
    ///
    /// @param <A> the type of the first argument
    /// @param <B> the type of the second argument
    /// @param <C> the type of the third argument
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param items the input, pulled on demand
    /// @return the results, in order
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    default <A, B, C, R> List<R> starmap(
            RemoteFunction3<? super A, ? super B, ? super C, ? extends R> fn,
            Iterable<Args3<A, B, C>> items) {
        return one().map(Spread.of(fn), items);
    }

    /// As [#starmap(RemoteFunction3, Iterable)], with at most so many items in one frame.
    default <A, B, C, R> List<R> starmap(
            RemoteFunction3<? super A, ? super B, ? super C, ? extends R> fn,
            Iterable<Args3<A, B, C>> items,
            int chunkSize) {
        return one().map(Spread.of(fn), items, chunkSize);
    }

    /// As [Pool#mapAsync(RemoteFunction, Iterable)] with three arguments.
    ///
    /// @param <A> the type of the first argument
    /// @param <B> the type of the second argument
    /// @param <C> the type of the third argument
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param items the input, pulled on demand
    /// @return the future of all results
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    default <A, B, C, R> Task<List<R>> starmapAsync(
            RemoteFunction3<? super A, ? super B, ? super C, ? extends R> fn,
            Iterable<Args3<A, B, C>> items) {
        return one().mapAsync(Spread.of(fn), items);
    }

    /// As [#starmapAsync(RemoteFunction3, Iterable)], with at most so many items in one frame.
    default <A, B, C, R> Task<List<R>> starmapAsync(
            RemoteFunction3<? super A, ? super B, ? super C, ? extends R> fn,
            Iterable<Args3<A, B, C>> items,
            int chunkSize) {
        return one().mapAsync(Spread.of(fn), items, chunkSize);
    }

    /// As [Pool#imap(RemoteFunction, Iterable)] with three arguments.
    ///
    /// @param <A> the type of the first argument
    /// @param <B> the type of the second argument
    /// @param <C> the type of the third argument
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param items the input, pulled on demand
    /// @return the results; close them
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    default <A, B, C, R> Results<R> istarmap(
            RemoteFunction3<? super A, ? super B, ? super C, ? extends R> fn,
            Iterable<Args3<A, B, C>> items) {
        return one().imap(Spread.of(fn), items);
    }

    /// As [#istarmap(RemoteFunction3, Iterable)], with at most so many items in one frame.
    default <A, B, C, R> Results<R> istarmap(
            RemoteFunction3<? super A, ? super B, ? super C, ? extends R> fn,
            Iterable<Args3<A, B, C>> items,
            int chunkSize) {
        return one().imap(Spread.of(fn), items, chunkSize);
    }

    /// As [Pool#imapUnordered(RemoteFunction, Iterable)] with three arguments.
    ///
    /// @param <A> the type of the first argument
    /// @param <B> the type of the second argument
    /// @param <C> the type of the third argument
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param items the input, pulled on demand
    /// @return the results; close them
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    default <A, B, C, R> Results<R> istarmapUnordered(
            RemoteFunction3<? super A, ? super B, ? super C, ? extends R> fn,
            Iterable<Args3<A, B, C>> items) {
        return one().imapUnordered(Spread.of(fn), items);
    }

    /// As [#istarmapUnordered(RemoteFunction3, Iterable)], with at most so many items in one frame.
    default <A, B, C, R> Results<R> istarmapUnordered(
            RemoteFunction3<? super A, ? super B, ? super C, ? extends R> fn,
            Iterable<Args3<A, B, C>> items,
            int chunkSize) {
        return one().imapUnordered(Spread.of(fn), items, chunkSize);
    }

    /// As [Pool#map(RemoteFunction, Iterable)] with four arguments, from [Args].
    ///
    /// @param <A> the type of the first argument
    /// @param <B> the type of the second argument
    /// @param <C> the type of the third argument
    /// @param <D> the type of the fourth argument
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param items the input, pulled on demand
    /// @return the results, in order
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    default <A, B, C, D, R> List<R> starmap(
            RemoteFunction4<? super A, ? super B, ? super C, ? super D, ? extends R> fn,
            Iterable<Args4<A, B, C, D>> items) {
        return one().map(Spread.of(fn), items);
    }

    /// As [#starmap(RemoteFunction4, Iterable)], with at most so many items in one frame.
    default <A, B, C, D, R> List<R> starmap(
            RemoteFunction4<? super A, ? super B, ? super C, ? super D, ? extends R> fn,
            Iterable<Args4<A, B, C, D>> items,
            int chunkSize) {
        return one().map(Spread.of(fn), items, chunkSize);
    }

    /// As [Pool#mapAsync(RemoteFunction, Iterable)] with four arguments.
    ///
    /// @param <A> the type of the first argument
    /// @param <B> the type of the second argument
    /// @param <C> the type of the third argument
    /// @param <D> the type of the fourth argument
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param items the input, pulled on demand
    /// @return the future of all results
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    default <A, B, C, D, R> Task<List<R>> starmapAsync(
            RemoteFunction4<? super A, ? super B, ? super C, ? super D, ? extends R> fn,
            Iterable<Args4<A, B, C, D>> items) {
        return one().mapAsync(Spread.of(fn), items);
    }

    /// As [#starmapAsync(RemoteFunction4, Iterable)], with at most so many items in one frame.
    default <A, B, C, D, R> Task<List<R>> starmapAsync(
            RemoteFunction4<? super A, ? super B, ? super C, ? super D, ? extends R> fn,
            Iterable<Args4<A, B, C, D>> items,
            int chunkSize) {
        return one().mapAsync(Spread.of(fn), items, chunkSize);
    }

    /// As [Pool#imap(RemoteFunction, Iterable)] with four arguments.
    ///
    /// @param <A> the type of the first argument
    /// @param <B> the type of the second argument
    /// @param <C> the type of the third argument
    /// @param <D> the type of the fourth argument
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param items the input, pulled on demand
    /// @return the results; close them
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    default <A, B, C, D, R> Results<R> istarmap(
            RemoteFunction4<? super A, ? super B, ? super C, ? super D, ? extends R> fn,
            Iterable<Args4<A, B, C, D>> items) {
        return one().imap(Spread.of(fn), items);
    }

    /// As [#istarmap(RemoteFunction4, Iterable)], with at most so many items in one frame.
    default <A, B, C, D, R> Results<R> istarmap(
            RemoteFunction4<? super A, ? super B, ? super C, ? super D, ? extends R> fn,
            Iterable<Args4<A, B, C, D>> items,
            int chunkSize) {
        return one().imap(Spread.of(fn), items, chunkSize);
    }

    /// As [Pool#imapUnordered(RemoteFunction, Iterable)] with four arguments.
    ///
    /// @param <A> the type of the first argument
    /// @param <B> the type of the second argument
    /// @param <C> the type of the third argument
    /// @param <D> the type of the fourth argument
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param items the input, pulled on demand
    /// @return the results; close them
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    default <A, B, C, D, R> Results<R> istarmapUnordered(
            RemoteFunction4<? super A, ? super B, ? super C, ? super D, ? extends R> fn,
            Iterable<Args4<A, B, C, D>> items) {
        return one().imapUnordered(Spread.of(fn), items);
    }

    /// As [#istarmapUnordered(RemoteFunction4, Iterable)], with at most so many items in one frame.
    default <A, B, C, D, R> Results<R> istarmapUnordered(
            RemoteFunction4<? super A, ? super B, ? super C, ? super D, ? extends R> fn,
            Iterable<Args4<A, B, C, D>> items,
            int chunkSize) {
        return one().imapUnordered(Spread.of(fn), items, chunkSize);
    }

    private Pool one() {
        return (Pool) this; // the only implementation permitted
    }
}
