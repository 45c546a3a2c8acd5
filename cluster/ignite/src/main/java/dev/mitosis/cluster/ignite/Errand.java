package dev.mitosis.cluster.ignite;

import java.util.concurrent.CompletableFuture;
import org.apache.ignite.IgniteException;
import org.apache.ignite.compute.ComputeTaskFuture;
import org.jspecify.annotations.Nullable;

/// A frame, from its submission to its answer.
///
/// ```text
///   WAITING -> PLACED -> SENT -> ended
/// ```
/// It waits until a node has a free slot, is placed there, and sent by Ignite. It may be cancelled
/// at any time, also while one thread has just placed it and not yet got Ignite's future.
final class Errand {
    private final long id;
    private final byte[] frame;
    private final String wanted;
    private final CompletableFuture<byte[]> answer = new CompletableFuture<>();

    private @Nullable String node; // written once, by the Placement, before it is sent

    // guarded by this
    private @Nullable ComputeTaskFuture<byte[]> task;
    private boolean cancelled;

    /// Makes one.
    ///
    /// @param id its number
    /// @param frame the bytes
    /// @param wanted the node that it must go to, or empty
    Errand(long id, byte[] frame, String wanted) {
        this.id = id;
        this.frame = frame;
        this.wanted = wanted;
    }

    long id() {
        return id;
    }

    byte[] frame() {
        return frame;
    }

    String wanted() {
        return wanted;
    }

    CompletableFuture<byte[]> answer() {
        return answer;
    }

    /// {@return the node it was placed on, or null}
    @Nullable String node() {
        return node;
    }

    void place(String on) {
        node = on;
    }

    /// Notes that Ignite has it, and cancels it if that was asked for in between.
    void sent(ComputeTaskFuture<byte[]> by) {
        if (isCancelledBefore(by)) {
            cancel(by);
        }
    }

    private synchronized boolean isCancelledBefore(ComputeTaskFuture<byte[]> by) {
        task = by;
        return cancelled;
    }

    /// Ends it, wherever it is: whoever handles it is interrupted.
    void cancel() {
        answer.cancel(false);
        var sent = cancelled();
        if (sent != null) {
            cancel(sent);
        }
    }

    private static void cancel(ComputeTaskFuture<byte[]> sent) {
        try {
            sent.cancel();
        } catch (IgniteException | IllegalStateException e) {
            // Ignite is gone, and cancels what it has lost
        }
    }

    private synchronized @Nullable ComputeTaskFuture<byte[]> cancelled() {
        cancelled = true;
        return task;
    }
}
