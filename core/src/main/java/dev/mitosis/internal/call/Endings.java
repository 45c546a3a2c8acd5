package dev.mitosis.internal.call;

import dev.mitosis.DeathReport;
import dev.mitosis.ItemException;
import dev.mitosis.NotReadableException;
import dev.mitosis.Outcome;
import dev.mitosis.TaskFailedException;
import dev.mitosis.TaskTimeoutException;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.internal.codec.ByteSource;
import dev.mitosis.internal.codec.ItemFrames;
import dev.mitosis.internal.codec.ValueReader;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.Items;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// How the end of an item is told: as an exception, or as an [Outcome].
final class Endings {
    private static final int SUMMARY = 100;
    private static final long DUMP_MILLIS = 200;

    private Endings() {}

    // -- as an exception ---------------------------------------------------------------------

    /// Returns the exception that tells how the unit read last ended.
    static RuntimeException exception(Call call, BatchReader read) {
        var item = item(call, read);
        var facts = new ItemException.Facts(
                read.index(), summary(call, read), item.attempts(), item.pid());
        return read.verdict() instanceof Verdict.Cancelled
                ? new CancellationException(facts + " was cancelled")
                : exception(facts, read.verdict());
    }

    static ItemException exception(ItemException.Facts facts, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Failed(var cause) -> new TaskFailedException(facts, cause);
            case Verdict.TimedOut(var limit, var dump) ->
                    new TaskTimeoutException(facts, limit, await(dump));
            case Verdict.Died died -> new WorkerDiedException(facts, report(facts, died));
            case Verdict.Cancelled() -> throw new CancellationException(facts + " was cancelled");
        };
    }

    /// Returns what an exception says of an attempt that has gone wrong.
    static ItemException.Facts facts(Call call, Strip strip, long index) {
        var part = strip.part();
        var summary = summary(call, part.items(), (int) (index - part.index()));
        return new ItemException.Facts(index, summary, part.attempt(), part.pid());
    }

    /// Reads the record of a failure.
    static Throwable readFailure(
            byte[] record, ClassLoader loader, ObjectInputFilter filter) {
        var source = ByteSource.of(Bytes.of(record));
        try {
            return new ValueReader(source, loader, filter).readFailure();
        } catch (IOException e) {
            return new NotReadableException(
                    "what the worker sent is not a record of a failure: " + e.getMessage(), e);
        } catch (OutOfMemoryError e) { // whoever waits for the verdict must get one
            return new NotReadableException("a failure does not fit into this JVM's heap", e);
        }
    }

    // -- as an outcome -----------------------------------------------------------------------

    static <R> Outcome<R> outcome(Call call, BatchReader read) {
        var item = item(call, read);
        return switch (read.verdict()) {
            case Verdict.Failed(var cause) -> new Outcome.Failed<>(cause, item);
            case Verdict.TimedOut(var limit, var dump) ->
                    new Outcome.TimedOut<>(limit, await(dump), item);
            case Verdict.Died died -> {
                var facts = new ItemException.Facts(
                        item.index(), summary(call, read), item.attempts(), item.pid());
                yield new Outcome.Died<>(report(facts, died), item);
            }
            case Verdict.Cancelled() -> new Outcome.Cancelled<>(item);
        };
    }

    /// Returns what is known of the unit read last.
    static Outcome.Item item(Call call, BatchReader read) {
        var substitute = read.substitute();
        var strip = read.strip() == null ? origin(call, read) : read.strip();
        if (strip == null) {
            return new Outcome.Item(read.index(), 0, 0, Duration.ZERO, Duration.ZERO);
        }
        var part = strip.part();
        var queued = Duration.ofNanos(part.queuedNanos());
        var run = Duration.ofNanos(part.runNanos() / part.count());
        return substitute != null && substitute.result() == null
                ? new Outcome.Item(
                        read.index(), substitute.attempts(), substitute.pid(), queued, run)
                : new Outcome.Item(read.index(), part.seat() < 0 ? 0 : part.attempt(), part.pid(),
                        queued, run);
    }

    private static @Nullable Strip origin(Call call, BatchReader read) {
        call.lock.lock();
        try {
            return read.batch().anyStrip();
        } finally {
            call.lock.unlock();
        }
    }

    private static DeathReport report(ItemException.Facts facts, Verdict.Died died) {
        var death = died.death();
        return new DeathReport(facts.index(), facts.inputSummary(), facts.attempts(),
                died.worker(), death.pid(), death.exitCode(), death.cause(),
                death.problematicFrame(), death.errorFile(), death.lastOutput());
    }

    private static String await(CompletableFuture<String> dump) {
        try {
            return dump.get(DUMP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return "no stack dump: no safepoint reached within " + DUMP_MILLIS + " ms";
        } catch (ExecutionException e) {
            return "no stack dump: " + e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "no stack dump: the wait for it was interrupted";
        }
    }

    // -- the input as text -------------------------------------------------------------------

    private static String summary(Call call, BatchReader read) {
        var strip = origin(call, read);
        return strip == null
                ? "an item that cannot travel"
                : summary(call, strip.part().items(),
                        (int) (read.index() - strip.part().index()));
    }

    /// Returns an item as text, shortened, from the bytes that were sent. It is not read back: it
    /// may be the very item that kills whoever reads it.
    private static String summary(Call call, Items items, int at) {
        return switch (items) {
            case Items.Range(long first) -> Long.toString(first + at);
            case Items.Values(var bytes, var division, int skip) -> {
                try {
                    var source = ByteSource.of(bytes);
                    var frames = new ItemFrames.Reader(source, division.most());
                    var reader = new ValueReader(source, call.loader(), null);
                    for (int i = 0; i < skip + at; i++) {
                        frames.beforeItem();
                        reader.skip();
                    }
                    frames.beforeItem();
                    yield shortened(reader.readSummary());
                } catch (IOException e) {
                    yield "an item that cannot be shown: " + e.getClass().getName();
                }
            }
        };
    }

    private static String shortened(String text) {
        return text.length() <= SUMMARY ? text : text.substring(0, SUMMARY - 3) + "...";
    }
}
