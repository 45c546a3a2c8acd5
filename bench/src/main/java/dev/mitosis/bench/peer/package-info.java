/// The workloads of the side-by-side comparison, on Mitosis and on what the JDK has.
///
/// [dev.mitosis.bench.peer.PeerMain] runs one workload on one peer in a JVM of its own;
/// `bench/side-by-side` starts it, and its like in other languages, again and again.
/// Read in this order: `PeerMain`, `Peer`, `MitosisPeer`, `Numbers`, `Payloads`, `Start`,
/// `WholePool`, `SecondSet`; then `ThreadPoolPeer`, `ParallelStreamPeer` and `FloorPeer`.
@org.jspecify.annotations.NullMarked
package dev.mitosis.bench.peer;
