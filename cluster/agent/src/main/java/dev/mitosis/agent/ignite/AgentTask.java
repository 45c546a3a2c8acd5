package dev.mitosis.agent.ignite;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.compute.ComputeJob;
import org.apache.ignite.compute.ComputeJobResult;
import org.apache.ignite.compute.ComputeJobResultPolicy;
import org.apache.ignite.compute.ComputeTaskAdapter;
import org.apache.ignite.compute.ComputeTaskMapAsync;

/// A frame for one node, and what became of it.
///
/// It goes to the first node of the group that it is given, and to no other: Ignite's fail-over
/// would bring a frame that kills its node to all the others, one after the other. Retries are the
/// driver's. It is sent by a thread of Ignite, since the first message to a node waits until it is
/// connected.
@ComputeTaskMapAsync
public final class AgentTask extends ComputeTaskAdapter<byte[], byte[]> {
    private static final long serialVersionUID = 1;

    // a task stays where it was made: its job alone travels
    private final transient Function<byte[], ComputeJob> jobs;

    /// Makes a task whose frame the agent handles.
    public AgentTask() {
        this(AgentJob::new);
    }

    /// Makes a task.
    ///
    /// @param jobs makes the job that handles the frame
    public AgentTask(Function<byte[], ComputeJob> jobs) {
        this.jobs = jobs;
    }

    @Override
    public Map<? extends ComputeJob, ClusterNode> map(List<ClusterNode> nodes, byte[] frame) {
        return Map.of(jobs.apply(frame), nodes.get(0));
    }

    @Override
    public ComputeJobResultPolicy result(ComputeJobResult result, List<ComputeJobResult> all) {
        return ComputeJobResultPolicy.WAIT; // never FAILOVER, whatever it is
    }

    @Override
    public byte[] reduce(List<ComputeJobResult> results) {
        var result = results.get(0);
        if (result.getException() != null) {
            throw result.getException();
        }
        return result.getData();
    }
}
