package dev.mitosis.cluster.spark;

import org.apache.spark.SimpleFutureAction;
import org.jspecify.annotations.Nullable;
import scala.runtime.BoxedUnit;

/// A job of Spark's, which may be cancelled before Spark has taken it.
final class SparkJob {
    // guarded by this
    private @Nullable SimpleFutureAction<BoxedUnit> job;
    private boolean cancelled;
    private byte[] result = {};

    /// Notes the job, and cancels it if nobody wants it any more.
    void began(SimpleFutureAction<BoxedUnit> begun) {
        synchronized (this) {
            job = begun;
            if (!cancelled) {
                return;
            }
        }
        begun.cancel();
    }

    synchronized void returned(byte[] bytes) {
        result = bytes;
    }

    /// {@return what its task has returned; nothing before the job has ended well}
    synchronized byte[] result() {
        return result;
    }

    /// Cancels it: whoever runs it is interrupted.
    void cancel() {
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
