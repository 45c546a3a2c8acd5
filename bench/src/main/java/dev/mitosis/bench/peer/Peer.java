package dev.mitosis.bench.peer;

import java.io.IOException;

/// A way to run functions in parallel, open for one workload.
///
/// All but the workloads `first` and `memory` find it warmed up a little: 1,000 items have run.
sealed interface Peer extends AutoCloseable
        permits MitosisPeer, ThreadPoolPeer, ParallelStreamPeer, FloorPeer {
    static Peer named(String name, int workers) throws IOException, InterruptedException {
        return switch (name) {
            case "mitosis" -> MitosisPeer.ofProcesses(workers);
            case "mitosis-uncached" -> MitosisPeer.uncached(workers);
            case "mitosis-threads" -> MitosisPeer.ofThreads(workers);
            case "thread-pool" -> ThreadPoolPeer.fixed(workers);
            case "fork-join" -> ThreadPoolPeer.forkJoin(workers);
            case "parallel-stream" -> new ParallelStreamPeer(workers);
            case "floor" -> FloorPeer.ofMemory();
            case "floor-socket" -> FloorPeer.ofSocket();
            default -> throw new IllegalArgumentException("no peer " + name);
        };
    }

    /// Opens what the workload needs, and makes its input.
    Workload prepare(String workload);

    @Override
    void close();
}
