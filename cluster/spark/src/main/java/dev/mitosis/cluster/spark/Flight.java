package dev.mitosis.cluster.spark;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A frame on its way, and the future of its answer.
final class Flight {
    private final List<ByteBuffer> pieces;
    private final CompletableFuture<byte[]> future = new CompletableFuture<>();
    private final SparkJob job = new SparkJob(); // none, if a pilot has it

    Flight(List<ByteBuffer> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    List<ByteBuffer> pieces() {
        return pieces;
    }

    CompletableFuture<byte[]> future() {
        return future;
    }

    SparkJob job() {
        return job;
    }

    /// Completes the future with what has become of the job.
    void ended(@Nullable Throwable failure) {
        if (failure != null) {
            fail(failure);
        } else {
            complete(job.result());
        }
    }

    void complete(byte[] bytes) {
        future.complete(bytes);
    }

    void fail(Throwable failure) {
        future.completeExceptionally(failure);
    }

    /// Cancels the future, and the job.
    void cancel() {
        future.cancel(false);
        job.cancel();
    }
}
