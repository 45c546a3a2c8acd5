package dev.mitosis.agent.ignite;

import dev.mitosis.agent.Agent;
import org.apache.ignite.IgniteException;
import org.apache.ignite.compute.ComputeExecutionRejectedException;
import org.apache.ignite.compute.ComputeJob;
import org.jspecify.annotations.Nullable;

/// One frame on its way to the [Agent] of a member, and on the thread there that handles it.
///
/// A cancelled one is interrupted by its own callback. Ignite would interrupt the thread as well,
/// but only after its failure detection time-out: 10 seconds.
public class AgentJob implements ComputeJob {
    private static final long serialVersionUID = 1;

    private final byte[] frame;

    // guarded by this
    private transient @Nullable Thread runner;
    private transient boolean cancelled;

    /// Makes a job.
    ///
    /// @param frame the bytes of a frame
    public AgentJob(byte[] frame) {
        this.frame = frame;
    }

    /// Has the frame handled.
    ///
    /// @return the bytes of a reply
    @Override
    public final Object execute() {
        begin();
        try {
            return handle(frame);
        } catch (InterruptedException e) {
            throw rejected("cancelled while a member handled it", e);
        } finally {
            end();
        }
    }

    /// Returns what says that a node does not do it, whatever is wrong with it: unless the pool has
    /// cancelled it, and then nobody asks, the node is being stopped.
    private static IgniteException rejected(String why, @Nullable InterruptedException cause) {
        return new ComputeExecutionRejectedException(why, cause);
    }

    /// Handles a frame; another job, such as one that waits for a test, is a frame of another kind.
    ///
    /// @param bytes the frame
    /// @return the reply
    /// @throws InterruptedException if it is cancelled
    protected byte[] handle(byte[] bytes) throws InterruptedException {
        return Agent.handle(bytes);
    }

    private synchronized void begin() {
        if (cancelled) {
            throw rejected("cancelled before a member began with it", null);
        }

        Thread.interrupted(); // whatever that was about, this job is not meant
        runner = Thread.currentThread();
    }

    private synchronized void end() {
        runner = null;
        Thread.interrupted(); // a cancellation that came too late must not hit the next job
    }

    @Override
    public final synchronized void cancel() {
        cancelled = true;
        if (runner != null) {
            runner.interrupt();
        }
    }
}
