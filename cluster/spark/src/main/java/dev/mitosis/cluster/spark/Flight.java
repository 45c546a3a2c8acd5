package dev.mitosis.cluster.spark;

import java.util.concurrent.CompletableFuture;
import org.apache.spark.SimpleFutureAction;
import org.jspecify.annotations.Nullable;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/// A frame on its way: a job of Spark's, and the future of its answer.
final class Flight {
    private final CompletableFuture<byte[]> future = new CompletableFuture<>();

    private byte @Nullable [] answer; // written by Spark before the job ends, read after

    // guarded by this
    private @Nullable SimpleFutureAction<BoxedUnit> job;
    private boolean cancelled;

    CompletableFuture<byte[]> future() {
        return future;
    }

    /// Notes the job, and cancels it if nobody wants it any more.
    void began(SimpleFutureAction<BoxedUnit> job) {
        synchronized (this) {
            this.job = job;
            if (!cancelled) {
                return;
            }
        }
        job.cancel();
    }

    BoxedUnit answered(byte[] bytes) {
        answer = bytes;
        return BoxedUnit.UNIT;
    }

    /// Completes the future with what has become of the job.
    void ended(Try<BoxedUnit> result) {
        if (result.isFailure()) {
            future.completeExceptionally(result.failed().get());
        } else {
            future.complete(java.util.Objects.requireNonNull(answer, "a job without result"));
        }
    }

    void fail(Throwable failure) {
        future.completeExceptionally(failure);
    }

    /// Cancels the future, and the job: whoever runs it is interrupted.
    void cancel() {
        future.cancel(false);
        cancelJob();
    }

    void cancelJob() {
        SimpleFutureAction<BoxedUnit> begun;
        synchronized (this) {
            cancelled = true;
            begun = job;
        }
        if (begun != null) {
            begun.cancel();
        }
    }
}
