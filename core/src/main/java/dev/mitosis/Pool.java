package dev.mitosis;

import dev.mitosis.share.Shared;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Gatherer;

/// A fixed crew of worker processes that runs functions in parallel.
///
/// ```java
/// try (Pool pool = Pool.open(10)) {
///     List<Long> squares = pool.map(n -> n * n, LongRange.of(0, 100_000));
/// }
/// ```
/// **Cost.** Functions, arguments and results are serialized: a call pays for their size, once each
/// way; the function travels once to each worker. A large `byte[]` in a collection, or of a
/// blocking `apply`, is sent from where it is: it must not change until the call is over.
/// **Threads.** Safe for use by many; each call gets a fair share of the workers. User code (input
/// iterators, decoding, callbacks) never runs on a thread that serves workers.
/// **Errors.** Every item has exactly one outcome. A worker that dies fails only the item it was
/// running, with a [DeathReport]; the rest of its batch runs elsewhere and the worker is replaced.
/// **Ends.** [#close()] waits for accepted work; [#terminate()] does not. Library threads are
/// daemons, and workers end with this JVM, whatever ends it.
///
/// The verbs of several arguments are in [StarVerbs].
public non-sealed interface Pool extends StarVerbs, AutoCloseable {
    /// Opens a pool with as many workers as cores and memory carry.
    ///
    /// @return the pool, whose workers are starting
    static Pool open() {
        return open(c -> c);
    }

    /// Opens a pool with so many workers.
    ///
    /// @param workers how many
    /// @return the pool, whose workers are starting
    /// @throws IllegalArgumentException if `workers` is less than 1
    static Pool open(int workers) {
        return open(c -> c.withWorkers(workers));
    }

    /// Opens a pool: `Pool.open(c -> c.withWorkers(4).withHeap("512m"))`.
    ///
    /// @param edit edits the default configuration
    /// @return the pool, whose workers are starting
    /// @throws IllegalArgumentException if the back-end lacks what the configuration asks for
    static Pool open(UnaryOperator<PoolConfig> edit) {
        return Pools.open(edit.apply(new PoolConfig()));
    }

    /// Builds the start cache of such a pool's workers now, unless it is there: they then start
    /// with about two fifths less work. It holds the JDK's classes and this library's, and none of
    /// the user's.
    ///
    /// A pool that lives for ten seconds has it built beside its work; do it by hand where programs
    /// are short, or while an image is made. It takes some seconds of one core, and about 16 MiB in
    /// `~/.cache/mitosis`, or where the system property `mitosis.startCache` says, or the variable
    /// `MITOSIS_START_CACHE`; either switches caches off by the value `off`.
    ///
    /// @param edit edits the default configuration; only JDK, flags and class path matter
    /// @return where it is; empty if such workers cannot have one, or somebody else is building it
    /// @throws IOException if the process that builds it cannot be started
    /// @throws InterruptedException if this thread is interrupted; then nothing is left running
    static Optional<Path> buildStartCache(UnaryOperator<PoolConfig> edit)
            throws IOException, InterruptedException {
        return Pools.buildStartCache(edit.apply(new PoolConfig()));
    }

    /// Runs a task in a worker and waits for its result.
    ///
    /// @param <R> the type of a result
    /// @param task the task
    /// @return its result
    /// @throws ItemException if it failed, ran out of time or killed its worker
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    <R> R apply(RemoteCallable<? extends R> task);

    /// Runs a task in a worker and waits for its end.
    ///
    /// @param task the task
    /// @throws ItemException if it failed, ran out of time or killed its worker
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    void apply(RemoteRunnable task);

    /// Applies a function to one item in a worker and waits for the result.
    ///
    /// @param <T> the type of an item
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param item the item
    /// @return the result
    /// @throws ItemException if it failed, ran out of time or killed its worker
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    <T, R> R apply(RemoteFunction<? super T, ? extends R> fn, T item);

    /// Runs a task in a worker; returns at once.
    ///
    /// @param <R> the type of a result
    /// @param task the task, serialized on this thread
    /// @return its future
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    <R> Task<R> applyAsync(RemoteCallable<? extends R> task);

    /// Runs a task in a worker; returns at once.
    ///
    /// @param task the task, serialized on this thread
    /// @return its future
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    Task<Void> applyAsync(RemoteRunnable task);

    /// Applies a function to one item in a worker; returns at once.
    ///
    /// @param <T> the type of an item
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param item the item, serialized on this thread
    /// @return its future
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    <T, R> Task<R> applyAsync(RemoteFunction<? super T, ? extends R> fn, T item);

    /// Applies a function to every item and returns all results, in order.
    ///
    /// Fails fast: when item i fails nothing above i starts, items below i finish, and the lowest
    /// failing index is thrown. The input is pulled on this thread; what it throws is thrown as it
    /// is. More items than a list can hold are refused at once: use [#imap(RemoteFunction,
    /// Iterable)].
    ///
    /// @param <T> the type of an item
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param items the input, pulled on demand
    /// @return the results, in a list of its own
    /// @throws ItemException the failure with the lowest index, up to ten others suppressed
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    /// @throws CallInterruptedException if this thread is interrupted; the call is cancelled
    <T, R> List<R> map(RemoteFunction<? super T, ? extends R> fn, Iterable<? extends T> items);

    /// As [#map(RemoteFunction, Iterable)], with at most so many items in one frame.
    ///
    /// @param <T> the type of an item
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param items the input, pulled on demand
    /// @param chunkSize at most so many items travel in one frame; it changes no result and no
    ///     error
    /// @return the results, in a list of its own
    /// @throws ItemException the failure with the lowest index, up to ten others suppressed
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    /// @throws CallInterruptedException if this thread is interrupted; the call is cancelled
    <T, R> List<R> map(
            RemoteFunction<? super T, ? extends R> fn, Iterable<? extends T> items, int chunkSize);

    /// Does what [#map(RemoteFunction, Iterable)] does; returns at once.
    ///
    /// The input is pulled on a virtual thread of this call.
    ///
    /// @param <T> the type of an item
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param items the input, pulled on demand
    /// @return the future of all results
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    <T, R> Task<List<R>> mapAsync(
            RemoteFunction<? super T, ? extends R> fn, Iterable<? extends T> items);

    /// As [#mapAsync(RemoteFunction, Iterable)], with at most so many items in one frame.
    ///
    /// @param <T> the type of an item
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param items the input, pulled on demand
    /// @param chunkSize at most so many items travel in one frame; it changes no result and no
    ///     error
    /// @return the future of all results
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    <T, R> Task<List<R>> mapAsync(
            RemoteFunction<? super T, ? extends R> fn, Iterable<? extends T> items, int chunkSize);

    /// Applies a function to every item and hands out the results in order, as they come.
    ///
    /// Lazy and bounded at both ends: input is pulled only as far as the window allows, and unread
    /// results count against it, so endless inputs are fine. A failed item throws at its place and
    /// iteration goes on.
    ///
    /// @param <T> the type of an item
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param items the input, pulled on demand
    /// @return the results; close them
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    <T, R> Results<R> imap(
            RemoteFunction<? super T, ? extends R> fn, Iterable<? extends T> items);

    /// As [#imap(RemoteFunction, Iterable)], with at most so many items in one frame.
    ///
    /// @param <T> the type of an item
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param items the input, pulled on demand
    /// @param chunkSize at most so many items travel in one frame; it changes no result and no
    ///     error
    /// @return the results; close them
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    <T, R> Results<R> imap(
            RemoteFunction<? super T, ? extends R> fn, Iterable<? extends T> items, int chunkSize);

    /// Does what [#imap(RemoteFunction, Iterable)] does, in the order in which items end.
    ///
    /// @param <T> the type of an item
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param items the input, pulled on demand
    /// @return the results; close them
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    <T, R> Results<R> imapUnordered(
            RemoteFunction<? super T, ? extends R> fn, Iterable<? extends T> items);

    /// As [#imapUnordered(RemoteFunction, Iterable)], with at most so many items in one frame.
    ///
    /// @param <T> the type of an item
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param items the input, pulled on demand
    /// @param chunkSize at most so many items travel in one frame; it changes no result and no
    ///     error
    /// @return the results; close them
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    <T, R> Results<R> imapUnordered(
            RemoteFunction<? super T, ? extends R> fn, Iterable<? extends T> items, int chunkSize);

    /// Applies a function to every item and says of each how it ended, in order;
    /// no item makes it throw.
    ///
    /// @param <T> the type of an item
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param items the input, pulled on demand
    /// @return the outcomes, one an item; close them
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    <T, R> Results<Outcome<R>> outcomes(
            RemoteFunction<? super T, ? extends R> fn, Iterable<? extends T> items);

    /// Folds the results of a function in the workers, and their folds here, in index order.
    ///
    /// `combine` must be associative, and leave `zero`, its identity, as it is. Floating-point sums
    /// may differ in their last bits from run to run. A worker that dies fails the call, which
    /// names the block of items it was folding; with retries the whole block runs again.
    ///
    /// @param <T> the type of an item
    /// @param <A> the type of the fold
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @param combine combines two folds
    /// @param zero the fold of no items
    /// @param items the input, pulled on demand
    /// @return the fold of all items
    /// @throws ItemException the failure with the lowest index
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    <T, A> A mapReduce(
            RemoteFunction<? super T, ? extends A> fn,
            RemoteBinaryOperator<A> combine,
            A zero,
            Iterable<? extends T> items);

    /// Applies a function to every number of a range and returns all results, unboxed.
    ///
    /// Fails fast as [#map(RemoteFunction, Iterable)] does.
    ///
    /// @param fn the function
    /// @param range the numbers
    /// @return the results, in order
    /// @throws IllegalArgumentException if an array cannot hold so many
    /// @throws ItemException the failure with the lowest index
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    long[] mapToLong(RemoteLongOperator fn, LongRange range);

    /// Applies a function to every number of a range and hands out the results in order, unboxed.
    ///
    /// @param fn the function
    /// @param range the numbers
    /// @return the results; close them
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    LongResults imapToLong(RemoteLongOperator fn, LongRange range);

    /// Folds the results of a function on numbers, unboxed; see [#mapReduce].
    ///
    /// @param fn the function
    /// @param combine combines two folds; must be associative
    /// @param zero the identity of `combine`
    /// @param range the numbers
    /// @return the fold of all numbers
    /// @throws ItemException the failure with the lowest index
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    long mapReduceLong(
            RemoteLongOperator fn, RemoteLongBinaryOperator combine, long zero, LongRange range);

    /// Returns a view of this pool: the same workers, called under other options.
    ///
    /// Closing or terminating the view does nothing.
    ///
    /// @param edit edits the options of this pool or view
    /// @return the view
    Pool with(UnaryOperator<CallOptions> edit);

    /// {@return this pool as an executor; shutting that down ends the view, never the pool}
    RemoteExecutor executor();

    /// Returns a stage of a stream that applies a function in the workers, in order and bounded.
    ///
    /// ```java
    /// lines.gather(pool.mapping(line -> parse(line))).limit(10).toList()
    /// ```
    /// A short-circuit downstream cancels what is left. No element may change before its result
    /// is there.
    ///
    /// @param <T> the type of an item
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @return the gatherer
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    <T, R> Gatherer<T, ?, R> mapping(RemoteFunction<? super T, ? extends R> fn);

    /// Does what [#mapping] does, in the order in which items end.
    ///
    /// @param <T> the type of an item
    /// @param <R> the type of a result
    /// @param fn the function; it and what it captures are serialized on this thread
    /// @return the gatherer
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    <T, R> Gatherer<T, ?, R> mappingUnordered(RemoteFunction<? super T, ? extends R> fn);

    /// Runs a task once on every live worker, and on each replacement before its first item.
    ///
    /// Waits until all live workers have run it. If this thread is interrupted meanwhile, it throws
    /// [CallInterruptedException], and the workers go on: none of them is left without it.
    ///
    /// Replacements that come after it has failed do not run it: no worker is ready before it has
    /// run what runs everywhere, and where that fails each time, none would be ever after.
    ///
    /// @param task the task
    /// @throws ItemException if it failed on a live worker, ran out of time there or killed it;
    ///     `index()` is the number of the worker
    /// @throws NotShippableException if the function cannot travel; nothing was sent
    /// @throws WorkerStartException if no worker can be started on some seat
    void everywhere(RemoteRunnable task);

    /// Shares a value with the workers: it travels once to each that uses it, not in every call.
    ///
    /// @param <T> the type of the value
    /// @param value the value, which is serialized now and should not be changed after that
    /// @return what lambdas capture, or items hold; [Shared#get] gives the value
    /// @throws NotShippableException if it cannot travel
    /// @throws java.io.UncheckedIOException if there is no room for it
    /// @throws PoolClosedException if this pool is closed
    <T> Shared<T> share(T value);

    /// Hosts an object in this process, and returns a proxy of it that travels: in lambdas, items,
    /// results and records, and as an argument of other hosted objects.
    ///
    /// ```java
    /// Ledger ledger = pool.host(Ledger.class, new MyLedger());
    /// pool.map(line -> ledger.book(parse(line)), lines);      // book runs in this process
    /// ```
    /// **Calls** from a worker take some hundred microseconds. Arguments and results are copied; an
    /// exception comes back as it is. The calls of an item's thread come one after another, all on
    /// one thread of this process for as long as the worker lives; those of its other threads each
    /// on one of their own. Calls of different callers come at the same time: the object must be
    /// safe for that. On a thread of this process the proxy calls the object as it is.
    ///
    /// **Waiting.** A method may wait. An interrupt of the caller (a time-out, a cancel) interrupts
    /// it, and the caller waits for what it makes of that; so does the death of the caller. It ends
    /// with this pool. Ready-made locks, queues and the like are in [dev.mitosis.share.Hosted].
    ///
    /// @param <I> the interface
    /// @param type the interface, whose methods can be called
    /// @param object the object
    /// @return the proxy
    /// @throws IllegalArgumentException if no proxy can be made of it; says why
    /// @throws PoolClosedException if this pool is closed
    <I> I host(Class<I> type, I object);

    /// {@return the counts of this pool and the state of its workers, now}
    PoolStats stats();

    /// Closes this pool in order, and waits until its workers are gone.
    ///
    /// No new call is taken. Every task and every item already taken finishes, without limit
    /// unless [PoolConfig#withCloseTimeout] is set. Open results stop pulling input, still hand
    /// out what was taken, and then throw [PoolClosedException]. Interrupted, it terminates and
    /// keeps the flag set. Idempotent.
    @Override
    void close();

    /// Ends this pool now: every pending task and every open results end with
    /// [PoolClosedException], and the workers are killed. Idempotent.
    void terminate();
}
