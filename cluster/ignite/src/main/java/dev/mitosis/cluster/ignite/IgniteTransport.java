package dev.mitosis.cluster.ignite;

import dev.mitosis.agent.ignite.AgentJob;
import dev.mitosis.agent.ignite.AgentTask;
import dev.mitosis.agent.ignite.Member;
import dev.mitosis.cluster.Capabilities;
import dev.mitosis.cluster.ClusterException;
import dev.mitosis.cluster.ClusterSettings;
import dev.mitosis.cluster.ClusterTransport;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteClientDisconnectedException;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cluster.ClusterTopologyException;
import org.apache.ignite.compute.ComputeExecutionRejectedException;
import org.apache.ignite.compute.ComputeJob;
import org.apache.ignite.compute.ComputeTaskCancelledException;
import org.apache.ignite.compute.ComputeUserUndeclaredException;
import org.apache.ignite.lang.IgniteFuture;

/// Carries frames by Ignite's compute grid, each as a task of one job for one node.
///
/// A frame takes a slot of its node from when it is sent until Ignite's future has ended. After a
/// cancellation that is a moment before the node's thread is free; a frame that is sent meanwhile
/// waits for it there.
final class IgniteTransport implements ClusterTransport, Roll.Reader {
    private static final int MOST_FRAME_BYTES = 64 << 20;
    private static final Duration LEASE_TIME = Duration.ofMillis(50);

    private final Ignite ignite;
    private final Function<byte[], ComputeJob> jobs;
    private final Placement placement = new Placement();
    private final Roll roll;

    private IgniteTransport(Ignite ignite, Trust trust, Function<byte[], ComputeJob> jobs) {
        this.ignite = ignite;
        this.jobs = jobs;
        this.roll = new Roll(ignite, trust, this);
    }

    /// Returns a transport to the cluster of this node.
    ///
    /// @throws dev.mitosis.cluster.InsecureClusterException if strangers could be in the cluster
    /// @throws ClusterException if no node of it takes frames
    static IgniteTransport open(Ignite ignite, ClusterSettings settings) {
        return open(ignite, settings, AgentJob::new);
    }

    /// As [#open(Ignite, ClusterSettings)], with jobs of another kind.
    static IgniteTransport open(Ignite ignite, ClusterSettings settings,
            Function<byte[], ComputeJob> jobs) {
        try {
            var trust = Trust.of(ignite, settings.insecure());
            if (Roll.members(ignite, trust).isEmpty()) {
                throw new ClusterException(nobody(ignite));
            }
            var transport = new IgniteTransport(ignite, trust, jobs);
            transport.roll.begin();
            return transport;
        } catch (IgniteException e) {
            throw new ClusterException("this Ignite node cannot be used: " + e.getMessage(), e);
        }
    }

    private static String nobody(Ignite ignite) {
        return "none of the " + ignite.cluster().forServers().nodes().size() + " server nodes of"
                + " this Ignite cluster runs workers: they need mitosis-agent on their class path"
                + " and a configuration that went through Member.joining";
    }

    @Override
    public CompletableFuture<byte[]> submit(Submission submission) {
        var errand = new Errand(submission.id(), submission.frame(), submission.node());
        try {
            send(placement.add(errand));
        } catch (IgniteException | IllegalStateException e) {
            errand.answer().completeExceptionally(e);
        }
        return errand.answer();
    }

    private void send(List<Errand> errands) {
        errands.forEach(this::send);
    }

    private void send(Errand errand) {
        try {
            var task = ignite.compute(ignite.cluster().forNodeId(target(errand)))
                    .withNoFailover().withExecutor(Member.EXECUTOR)
                    .executeAsync(new AgentTask(jobs), errand.frame());
            errand.sent(task);
            task.listen(ended -> end(errand, ended));
        } catch (IgniteException | IllegalStateException e) {
            fail(errand, e);
        }
    }

    private static UUID target(Errand errand) {
        return UUID.fromString(Objects.requireNonNull(errand.node()));
    }

    private void end(Errand errand, IgniteFuture<byte[]> ended) {
        byte[] answer;
        try {
            answer = ended.get();
        } catch (IgniteException | IllegalStateException e) {
            fail(errand, e);
            return;
        }
        var next = placement.remove(errand);
        errand.answer().complete(answer);
        send(next);
    }

    private void fail(Errand errand, RuntimeException failure) {
        var why = explained(failure);
        if (why instanceof ClusterTopologyException && isGone(errand)) {
            placement.leave(target(errand).toString()); // the roll says it a moment later
        }
        var next = placement.remove(errand);
        errand.answer().completeExceptionally(why);
        send(next);
    }

    private RuntimeException explained(RuntimeException failure) {
        if (failure instanceof ComputeUserUndeclaredException
                && failure.getCause() instanceof IgniteException cause) {
            return cause; // what a task throws from reduce is wrapped, Ignite's own exceptions too
        }
        return failure instanceof ComputeTaskCancelledException && isEnding()
                ? new IllegalStateException("this Ignite node is being stopped", failure)
                : failure;
    }

    /// Returns whether the caller's node is about to stop. All that its tasks are told then is that
    /// they were cancelled, which an administrator may do as well; but a new one is refused.
    private boolean isEnding() {
        try {
            ignite.compute(ignite.cluster().forNodeIds(List.of()))
                    .executeAsync(new AgentTask(), new byte[0]); // by nobody
            return false;
        } catch (ClusterTopologyException e) {
            return false;
        } catch (IgniteException | IllegalStateException e) {
            return true;
        }
    }

    private boolean isGone(Errand errand) {
        try {
            return ignite.cluster().node(target(errand)) == null;
        } catch (IgniteException | IllegalStateException e) {
            return true; // so are all
        }
    }

    @Override
    public void cancel(long id) {
        var errand = placement.withdraw(id);
        if (errand != null) {
            errand.cancel();
        }
    }

    @Override
    public void watchMembers(Consumer<MemberEvent> listener) {
        roll.watch(listener);
    }

    @Override
    public void read(MemberEvent event) {
        switch (event) {
            case MemberEvent.Joined(var node, var slots) -> send(placement.join(node, slots));
            case MemberEvent.Left(var node) -> placement.leave(node);
        }
    }

    @Override
    public void lost(RuntimeException why) {
        for (var errand : placement.end(why)) {
            errand.answer().completeExceptionally(why);
        }
    }

    @Override
    public Capabilities capabilities() {
        var version = ignite.version();
        return new Capabilities("Apache Ignite " + version.major() + "." + version.minor() + "."
                + version.maintenance(), MOST_FRAME_BYTES, LEASE_TIME, true, false);
    }

    @Override
    public Failure classify(Throwable failure) {
        return switch (failure) {
            // its node is gone, or was stopping
            case ClusterTopologyException e -> Failure.NODE_LOST;
            case ComputeExecutionRejectedException e -> Failure.NODE_LOST;
            case IgniteClientDisconnectedException e -> Failure.ENGINE_LOST;
            case IllegalStateException e -> Failure.ENGINE_LOST;
            case ComputeTaskCancelledException e -> Failure.CANCELLED; // by an administrator
            // its node has run out of memory, or lacks a class, or the like
            case ComputeUserUndeclaredException e -> Failure.NODE_LOST;
            default -> Failure.REJECTED;
        };
    }

    @Override
    public void close() {
        roll.close();
        placement.end(new IllegalStateException("this transport is closed"))
                .forEach(Errand::cancel);
    }
}
