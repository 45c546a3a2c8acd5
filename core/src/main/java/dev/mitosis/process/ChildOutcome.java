package dev.mitosis.process;

import dev.mitosis.DeathReport;
import dev.mitosis.ItemException;
import dev.mitosis.NotReadableException;
import dev.mitosis.TaskFailedException;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.internal.codec.ByteSource;
import dev.mitosis.internal.codec.Kind;
import dev.mitosis.internal.codec.ValueReader;
import dev.mitosis.internal.supervise.ChildProcess;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.CrewListener.Death;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What became of a child's function, read once, on a virtual thread of its own: what a class does
/// while it is read delays only who waits for it.
///
/// @param <R> the type of the result
final class ChildOutcome<R> {
    private static final String FUNCTION = "the function of a child";

    private final ChildProcess process;
    private final ObjectInputFilter filter;
    private final ClassLoader loader;
    private final CompletableFuture<R> future = new CompletableFuture<>();

    private ChildOutcome(ChildProcess process, ObjectInputFilter filter) {
        this.process = process;
        this.filter = filter;
        this.loader = Objects.requireNonNullElseGet(
                Thread.currentThread().getContextClassLoader(), ClassLoader::getSystemClassLoader);
    }

    /// {@return the result, when it is known, or an [ItemException]}
    ///
    /// @param filter checks what is deserialized
    static <R> CompletableFuture<R> of(ChildProcess process, ObjectInputFilter filter) {
        var outcome = new ChildOutcome<R>(process, filter);
        Thread.ofVirtual().name("mitosis-child-outcome").start(outcome::await);
        return outcome.future;
    }

    private void await() {
        Thread.currentThread().setContextClassLoader(loader);
        var record = process.result().join();
        if (record.isEmpty()) {
            future.completeExceptionally(death(process.exit().join()));
            return;
        }
        try {
            read(record.get());
        } catch (IOException e) {
            fail(new NotReadableException("the result is corrupt: " + e.getMessage(), e));
        } catch (RuntimeException | Error e) {
            fail(e); // what cannot be read back here, for whatever reason
        }
    }

    private void read(Bytes record) throws IOException {
        var reader = new ValueReader(ByteSource.of(record), loader, filter);
        if (reader.nextKind() == Kind.FAILED) {
            fail(reader.readFailure());
        } else {
            complete(reader.read());
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // what the function returns, if only null
    private void complete(@Nullable Object value) {
        future.complete((R) value);
    }

    private void fail(Throwable cause) {
        future.completeExceptionally(new TaskFailedException(facts(), cause));
    }

    private ItemException death(Death death) {
        return new WorkerDiedException(facts(), new DeathReport(0, FUNCTION, 1, 0, death.pid(),
                death.exitCode(), death.cause(), death.problematicFrame(), death.errorFile(),
                death.lastOutput()));
    }

    private ItemException.Facts facts() {
        return new ItemException.Facts(0, FUNCTION, 1, process.process().pid());
    }
}
