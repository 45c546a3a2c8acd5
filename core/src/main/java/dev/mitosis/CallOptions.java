package dev.mitosis;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// How calls are run: immutable, edited by withers inside [Pool#with].
///
/// ```java
/// pool.with(o -> o.withRetries(2).withTimeout(Duration.ofSeconds(5))).map(fn, items)
/// ```
/// A bad value is refused by name when it is set.
public final class CallOptions implements Cloneable {
    /// How long to wait before an item is tried again.
    ///
    /// @param first before the second attempt
    /// @param factor by how much the wait grows from attempt to attempt
    /// @param longest the longest wait
    public record Backoff(Duration first, double factor, Duration longest) {
        /// Checks the values.
        public Backoff {
            if (first.isNegative() || longest.compareTo(first) < 0) {
                throw new IllegalArgumentException("backoff must not be negative, nor its longest"
                        + " wait shorter than its first, got " + first + " and " + longest);
            }
            if (!(factor >= 1 && factor <= 1_000)) {
                throw new IllegalArgumentException(
                        "backoff factor must be from 1 to 1000, got " + factor);
            }
        }

        /// Returns the wait after a number of attempts.
        ///
        /// @param attempts how many attempts have failed, from 1
        /// @return how long to wait
        public Duration after(int attempts) {
            double nanos = nanos(first) * Math.pow(factor, attempts - 1);
            return nanos >= nanos(longest) ? longest : Duration.ofNanos((long) nanos);
        }

        private static double nanos(Duration duration) { // too many, perhaps, for a long
            return duration.getSeconds() * 1e9 + duration.getNano();
        }
    }

    // fields change only inside edit, before anyone else has seen the copy
    private @Nullable Duration timeout;
    private Duration grace = Duration.ofSeconds(1);
    private int retries;
    private Backoff backoff = new Backoff(Duration.ZERO, 1, Duration.ZERO);
    private @Nullable Predicate<? super ItemException> retryOn;
    private int chunkSize;
    private int window;
    private @Nullable OnError onError;
    private boolean killOnAbandon;
    private String name = "";
    private long functionLimit = Long.MAX_VALUE;
    private @Nullable ItemOutput itemOutput;
    private @Nullable Consumer<@Nullable Object> listener;

    CallOptions() {}

    /// {@return how calls are made if nobody says otherwise}
    public static CallOptions defaults() {
        return new CallOptions();
    }

    private CallOptions copy() {
        try {
            return (CallOptions) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    private CallOptions edit(Consumer<CallOptions> change) {
        var copy = copy();
        change.accept(copy);
        return copy;
    }

    /// Returns a copy that gives each item this long from when it is first seen to run (within 10
    /// ms).
    ///
    /// @param timeout how long
    /// @return the copy
    public CallOptions withTimeout(Duration timeout) {
        Settings.requirePositive("timeout", timeout);
        return edit(c -> c.timeout = timeout);
    }

    /// Returns a copy that waits this long between interrupting a worker and killing it; by default
    /// 1 second.
    ///
    /// @param grace how long; zero kills at once
    /// @return the copy
    public CallOptions withGrace(Duration grace) {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace must not be negative, got " + grace);
        }
        return edit(c -> c.grace = grace);
    }

    /// Returns a copy that tries an item again after it failed, ran out of time or killed its
    /// worker.
    ///
    /// @param retries how many times more; by default 0
    /// @return the copy
    public CallOptions withRetries(int retries) {
        if (retries < 0) {
            throw new IllegalArgumentException("retries must not be negative, got " + retries);
        }
        return edit(c -> c.retries = retries);
    }

    /// Returns a copy that waits before it tries an item again; each wait twice the one before, up
    /// to a minute.
    ///
    /// @param first the first wait
    /// @return the copy
    public CallOptions withBackoff(Duration first) {
        var longest = Duration.ofMinutes(1);
        var doubling = new Backoff(first, 2, first.compareTo(longest) > 0 ? first : longest);
        return edit(c -> c.backoff = doubling);
    }

    /// Returns a copy that waits before it tries an item again.
    ///
    /// @param first the first wait
    /// @param factor by how much the wait grows
    /// @param longest the longest wait
    /// @return the copy
    public CallOptions withBackoff(Duration first, double factor, Duration longest) {
        var growing = new Backoff(first, factor, longest);
        return edit(c -> c.backoff = growing);
    }

    /// Returns a copy that tries an item again only after failures that the predicate accepts.
    ///
    /// @param retryOn asked on a callback thread; by default all are accepted
    /// @return the copy
    public CallOptions withRetryOn(Predicate<? super ItemException> retryOn) {
        Objects.requireNonNull(retryOn, "retryOn");
        return edit(c -> c.retryOn = retryOn);
    }

    /// Returns a copy that sends at most so many items in one frame; by default it adapts to their
    /// run time. Of `mapReduce` a block, which fails and is tried again as a whole, has no more.
    ///
    /// @param items how many; it changes no result and no error
    /// @return the copy
    public CallOptions withChunkSize(int items) {
        Settings.requireAtLeastOne("chunkSize", items);
        return edit(c -> c.chunkSize = items);
    }

    /// Returns a copy that never has more items taken from the input and not yet handed out.
    ///
    /// @param items the exact upper bound
    /// @return the copy
    public CallOptions withWindow(int items) {
        Settings.requireAtLeastOne("window", items);
        return edit(c -> c.window = items);
    }

    /// Returns a copy with another rule for failed items.
    ///
    /// @param rule by default fail fast for `map`, `starmap` and folds, else collect
    /// @return the copy
    public CallOptions withOnError(OnError rule) {
        Objects.requireNonNull(rule, "rule");
        return edit(c -> c.onError = rule);
    }

    /// Returns a copy that says whether items running in vain are killed after the grace, not only
    /// interrupted.
    ///
    /// @param kill whether they are; by default only when their seat is needed
    /// @return the copy
    public CallOptions withKillOnAbandon(boolean kill) {
        return edit(c -> c.killOnAbandon = kill);
    }

    /// Returns a copy with a name for logs, errors and events.
    ///
    /// @param name the name
    /// @return the copy
    public CallOptions withName(String name) {
        Objects.requireNonNull(name, "name");
        return edit(c -> c.name = name);
    }

    /// Returns a copy that refuses a function which is larger than this when it is serialized, with
    /// all that it captures; by default there is no limit, and a warning above 1 MiB.
    ///
    /// The function travels once to each worker and call. What is large is better shared:
    /// [Pool#share], [dev.mitosis.share.SharedMemory].
    ///
    /// @param bytes how large it may be
    /// @return the copy
    public CallOptions withFunctionLimit(long bytes) {
        Settings.requireAtLeastOne("functionLimit", bytes);
        return edit(c -> c.functionLimit = bytes);
    }

    /// Returns a copy that tells somebody what each item has printed, besides handing it on as
    /// usual ([PoolConfig#withOutput]); by default nobody is told, and nothing is kept.
    ///
    /// While an item runs, what any thread of its worker writes to `System.out` and `System.err`
    /// is taken for its own. What never gets there is not told: what native code or the JVM itself
    /// writes, what goes through a stream that the task has set instead, or is left in a buffer of
    /// the task's own (that comes with the item during which it is flushed), and what was printed
    /// by an item that then died with its worker; the worker's last lines are in the report of its
    /// death. An item that ran out of time, and is not tried again, has its verdict before it
    /// ends, so its output is not told either. What a fold (`mapReduce`) prints is told item by
    /// item, when the outcome of their block is read. Outcomes that nobody reads are not told.
    ///
    /// It needs worker processes; on other back-ends calls with it are refused.
    ///
    /// @param listener who is told, or null for nobody
    /// @return the copy
    public CallOptions withItemOutput(@Nullable ItemOutput listener) {
        return edit(c -> c.itemOutput = listener);
    }

    /// Returns a copy that tells somebody what items emit while they run, by
    /// [WorkerContext#emit].
    ///
    /// The listener is told of one message after another, on a thread of the pool's; what one item
    /// emits comes in order, and all of it before the call is over; a verb that waits throws what
    /// an item has thrown only when the messages until then have been heard. While the listener is
    /// busy, an item that emits more than some hundred messages waits for it. Nobody waits for a
    /// listener any more once the pool is terminated. What it throws is logged.
    ///
    /// @param whoHears who is told, or null for nobody
    /// @return the copy
    public CallOptions withListener(@Nullable Consumer<@Nullable Object> whoHears) {
        return edit(c -> c.listener = whoHears);
    }

    /// {@return how long an item may run, or null for no limit}
    public @Nullable Duration timeout() {
        return timeout;
    }

    /// {@return how long between interrupt and kill}
    public Duration grace() {
        return grace;
    }

    /// {@return how often an item is tried again}
    public int retries() {
        return retries;
    }

    /// {@return how long to wait before that}
    public Backoff backoff() {
        return backoff;
    }

    /// {@return which failures are tried again, or null for all}
    public @Nullable Predicate<? super ItemException> retryOn() {
        return retryOn;
    }

    /// {@return how many items go in one frame at most, or 0 for an adaptive number}
    public int chunkSize() {
        return chunkSize;
    }

    /// {@return how many items are under way at most, or 0 for the default}
    public int window() {
        return window;
    }

    /// {@return the rule for failed items, or null for the verb's default}
    public @Nullable OnError onError() {
        return onError;
    }

    /// {@return whether items running in vain are killed}
    public boolean killOnAbandon() {
        return killOnAbandon;
    }

    /// {@return the name, or an empty one}
    public String name() {
        return name;
    }

    /// {@return how many bytes a function may have}
    public long functionLimit() {
        return functionLimit;
    }

    /// {@return who is told what items emit, or null for nobody}
    public @Nullable Consumer<@Nullable Object> listener() {
        return listener;
    }

    /// {@return who is told what items print, or null for nobody}
    public @Nullable ItemOutput itemOutput() {
        return itemOutput;
    }
}
