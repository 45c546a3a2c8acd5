package dev.mitosis.internal.call;

import dev.mitosis.CallOptions;
import dev.mitosis.LongRange;
import dev.mitosis.LongResults;
import dev.mitosis.OnError;
import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.PoolStats;
import dev.mitosis.RemoteBinaryOperator;
import dev.mitosis.RemoteCallable;
import dev.mitosis.RemoteExecutor;
import dev.mitosis.RemoteFunction;
import dev.mitosis.RemoteLongBinaryOperator;
import dev.mitosis.RemoteLongOperator;
import dev.mitosis.RemoteRunnable;
import dev.mitosis.Results;
import dev.mitosis.Task;
import dev.mitosis.internal.Fold;
import dev.mitosis.internal.LongFold;
import dev.mitosis.share.Shared;
import dev.mitosis.spi.Job;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Gatherer;

/// A pool, or a view of one, as the user holds it: each verb made of a call.
///
/// The engine never refers to it, so that a pool that nobody can reach any more can be closed.
@SuppressWarnings("NullAway") // items and results are the user's: null is legal among them
public final class EnginePool implements Pool {
    private final Engine engine;
    private final CallOptions options;
    private final Verbs verbs;
    private final Root root;
    private final boolean view;

    /// What all views of a pool share; unreachable when the pool and all views are.
    private record Root(Abandonment abandonment) {}

    private EnginePool(Engine engine, CallOptions options, Root root, boolean view) {
        this.view = view;
        this.engine = engine;
        this.options = options;
        this.verbs = new Verbs(engine, options);
        this.root = root;
    }

    /// Opens a pool.
    ///
    /// @param config its configuration
    /// @param options the options of its calls
    /// @return the pool
    public static Pool open(dev.mitosis.PoolConfig config, CallOptions options) {
        var engine = new Engine(config);
        var root = new Root(new Abandonment(engine));
        root.abandonment().watch(root);
        return new EnginePool(engine, options, root, false);
    }

    // -- one task ----------------------------------------------------------------------------

    @Override
    public <R> R apply(RemoteCallable<? extends R> task) {
        return apply(new Tasks.OfCallable<R>(task), Tasks.NO_INPUT);
    }

    @Override
    public void apply(RemoteRunnable task) {
        apply(new Tasks.OfRunnable(task), Tasks.NO_INPUT);
    }

    @Override
    @SuppressWarnings("unchecked") // it is what the function returned
    public <T, R> R apply(RemoteFunction<? super T, ? extends R> fn, T item) {
        return (R) verbs.one(job(Job.Verb.MAP, fn), new SingleInput(item, true));
    }

    @Override
    public <R> Task<R> applyAsync(RemoteCallable<? extends R> task) {
        return Tasks.start(engine, options, new Tasks.OfCallable<R>(task), Tasks.NO_INPUT);
    }

    @Override
    public Task<Void> applyAsync(RemoteRunnable task) {
        return Tasks.start(engine, options, new Tasks.OfRunnable(task), Tasks.NO_INPUT);
    }

    @Override
    public <T, R> Task<R> applyAsync(RemoteFunction<? super T, ? extends R> fn, T item) {
        return Tasks.start(engine, options, fn, item);
    }

    // -- many items --------------------------------------------------------------------------

    @Override
    public <T, R> List<R> map(
            RemoteFunction<? super T, ? extends R> fn, Iterable<? extends T> items) {
        Verbs.requireListable(items);
        return verbs.map(verbs.open(job(Job.Verb.MAP, fn)), items);
    }

    @Override
    public <T, R> List<R> map(
            RemoteFunction<? super T, ? extends R> fn,
            Iterable<? extends T> items,
            int chunkSize) {
        return chunked(chunkSize).map(fn, items);
    }

    @Override
    public <T, R> Task<List<R>> mapAsync(
            RemoteFunction<? super T, ? extends R> fn, Iterable<? extends T> items) {
        Verbs.requireListable(items);
        var call = verbs.open(job(Job.Verb.MAP, fn));
        return Tasks.background(engine, call, () -> verbs.map(call, items));
    }

    @Override
    public <T, R> Task<List<R>> mapAsync(
            RemoteFunction<? super T, ? extends R> fn,
            Iterable<? extends T> items,
            int chunkSize) {
        return chunked(chunkSize).mapAsync(fn, items);
    }

    @Override
    public <T, R> Results<R> imap(
            RemoteFunction<? super T, ? extends R> fn, Iterable<? extends T> items) {
        return lazy(lazyJob(Job.Verb.MAP, fn), items, true, LazyResults.Form.VALUES);
    }

    @Override
    public <T, R> Results<R> imap(
            RemoteFunction<? super T, ? extends R> fn,
            Iterable<? extends T> items,
            int chunkSize) {
        return chunked(chunkSize).imap(fn, items);
    }

    @Override
    public <T, R> Results<R> imapUnordered(
            RemoteFunction<? super T, ? extends R> fn, Iterable<? extends T> items) {
        return lazy(lazyJob(Job.Verb.MAP, fn), items, false, LazyResults.Form.VALUES);
    }

    @Override
    public <T, R> Results<R> imapUnordered(
            RemoteFunction<? super T, ? extends R> fn,
            Iterable<? extends T> items,
            int chunkSize) {
        return chunked(chunkSize).imapUnordered(fn, items);
    }

    @Override
    public <T, R> Results<Outcome<R>> outcomes(
            RemoteFunction<? super T, ? extends R> fn, Iterable<? extends T> items) {
        return lazy(lazyJob(Job.Verb.MAP, fn), items, true, LazyResults.Form.OUTCOMES);
    }

    @Override
    @SuppressWarnings("unchecked") // folds are what the user's functions made of each other
    public <T, A> A mapReduce(
            RemoteFunction<? super T, ? extends A> fn,
            RemoteBinaryOperator<A> combine,
            A zero,
            Iterable<? extends T> items) {
        var fold = new Fold<T, A>((RemoteFunction<T, A>) fn, combine, zero);
        return (A) verbs.reduce(job(Job.Verb.FOLD, fold), verbs.input(items), zero,
                (left, right) -> combine.apply((A) left, (A) right));
    }

    // -- numbers -----------------------------------------------------------------------------

    @Override
    public long[] mapToLong(RemoteLongOperator fn, LongRange range) {
        return verbs.mapToLong(() -> job(Job.Verb.MAP_LONG, fn), range);
    }

    @Override
    public LongResults imapToLong(RemoteLongOperator fn, LongRange range) {
        return new LazyResults.Numbers(
                lazy(lazyJob(Job.Verb.MAP_LONG, fn), range, true, LazyResults.Form.VALUES));
    }

    @Override
    public long mapReduceLong(
            RemoteLongOperator fn, RemoteLongBinaryOperator combine, long zero, LongRange range) {
        var job = job(Job.Verb.FOLD_LONG, new LongFold(fn, combine, zero));
        return (long) verbs.reduce(job, verbs.input(range), zero,
                (left, right) -> combine.applyAsLong((long) left, (long) right));
    }

    // -- views -------------------------------------------------------------------------------

    @Override
    public Pool with(UnaryOperator<CallOptions> edit) {
        return new EnginePool(engine, edit.apply(options), root, true);
    }

    @Override
    public RemoteExecutor executor() {
        return new PoolExecutor(this);
    }

    @Override
    public <T, R> Gatherer<T, ?, R> mapping(RemoteFunction<? super T, ? extends R> fn) {
        return gathering(fn, true);
    }

    @Override
    public <T, R> Gatherer<T, ?, R> mappingUnordered(
            RemoteFunction<? super T, ? extends R> fn) {
        return gathering(fn, false);
    }

    @Override
    public void everywhere(RemoteRunnable task) {
        new Everywhere(engine, options, task).run();
    }

    @Override
    public <T> Shared<T> share(T value) {
        engine.requireHere("a value cannot be shared with them", "capture it in the function,"
                + " or let an initializer read it there");
        return engine.estate().share(value);
    }

    @Override
    public <I> I host(Class<I> type, I object) {
        engine.requireHere("they cannot call an object of this process",
                "pass values, and combine what comes back");
        return engine.estate().host(type, object);
    }

    @Override
    public PoolStats stats() {
        return engine.stats();
    }

    @Override
    public void close() {
        if (!view) {
            root.abandonment().cancel();
            engine.close();
        }
    }

    @Override
    public void terminate() {
        if (!view) {
            root.abandonment().cancel();
            engine.terminate();
        }
    }

    private EnginePool chunked(int chunkSize) {
        return new EnginePool(engine, options.withChunkSize(chunkSize), root, true);
    }

    private Job job(Job.Verb verb, Object function) {
        java.util.Objects.requireNonNull(function, "fn");
        return engine.job(options, verb, function, OnError.failFast());
    }

    private Job lazyJob(Job.Verb verb, Object function) {
        java.util.Objects.requireNonNull(function, "fn");
        return engine.job(options, verb, function, OnError.collect());
    }

    private <T, R> Gatherer<T, ?, R> gathering(RemoteFunction<?, ?> fn, boolean ordered) {
        lazyJob(Job.Verb.MAP, fn); // what cannot travel is refused here, not in the stream
        int window = options.window() > 0 ? options.window() : engine.gatherWindow();
        return Gathering.of(input -> this.<R>lazy(
                lazyJob(Job.Verb.MAP, fn), input, ordered, LazyResults.Form.VALUES), window);
    }

    private <R> LazyResults<R> lazy(
            Job job, Iterable<?> items, boolean ordered, LazyResults.Form form) {
        return lazy(job, verbs.input(items), ordered, form);
    }

    private <R> LazyResults<R> lazy(
            Job job, Input input, boolean ordered, LazyResults.Form form) {
        long window = engine.defaultWindow(options, job.verb());
        var shape = new CallShape(window, true, OnError.collect(), () -> {});
        var call = new Call(engine, job, options, shape);
        engine.began(call);
        boolean numbers = form == LazyResults.Form.VALUES;
        Cursor cursor = ordered
                ? new OrderedCursor(call, numbers)
                : new UnorderedCursor(call);
        return new LazyResults<>(this, call, cursor, new Feeder(call, input), form);
    }
}
