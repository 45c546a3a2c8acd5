package dev.mitosis.bench.peer;

/// Runs one workload on one peer, several times; prints one JSON object a repetition.
///
/// ```sh
/// java -cp ... dev.mitosis.bench.peer.PeerMain PEER WORKLOAD REPETITIONS WORKERS
/// ```
/// A wrong result ends it with a stack trace and status 1.
public final class PeerMain {
    private PeerMain() {}

    /// Runs it.
    ///
    /// @param args peer, workload, repetitions, workers
    /// @throws Exception what the workload threw
    public static void main(String... args) throws Exception {
        int repetitions = Integer.parseInt(args[2]);
        int workers = Integer.parseInt(args[3]);

        try (var peer = Peer.named(args[0], workers)) {
            var workload = peer.prepare(args[1]);
            for (int i = 0; i < repetitions; i++) {
                System.out.println(workload.run().toJson());
            }
        }
    }
}
