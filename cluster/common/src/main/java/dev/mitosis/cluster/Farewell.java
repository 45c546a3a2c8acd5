package dev.mitosis.cluster;

import dev.mitosis.cluster.ClusterTransport.Submission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The last frames: each node ends the host of a pool that is closed.
///
/// A hint is all that some engines take, so a node may be told twice and another not at all: its
/// host ends when it has been idle for long enough, or with the engine.
///
/// @param carriage the way there
/// @param session the pool
/// @param members the nodes
record Farewell(Carriage carriage, Session session, Members members) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    void say() {
        var transport = carriage.transport();
        var frame = session.end().toBytes();
        var told = new ArrayList<CompletableFuture<byte[]>>();
        long number = Long.MAX_VALUE;
        for (var node : members.nodes()) {
            told.add(transport.submit(new Submission(number--, frame, node.name())));
        }
        var all = CompletableFuture.allOf(told.toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, PATIENCE.toNanos(), TimeUnit.NANOSECONDS)
                .exceptionally(_ -> null); // a node that is gone has nothing to end
        all.join();
    }
}
