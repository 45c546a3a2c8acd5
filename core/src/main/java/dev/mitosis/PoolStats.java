package dev.mitosis;

import java.util.List;

/// A pool's counts at one moment.
///
/// @param itemsOk items whose function returned
/// @param itemsFailed items that ended any other way
/// @param batches batches sent to workers
/// @param bytesSent bytes of items and functions sent to workers
/// @param bytesReceived bytes of outcomes received from workers
/// @param starts worker processes started
/// @param deaths worker processes that died unplanned
/// @param workers the workers, by number
/// @param nodes the machines that they are on; none if that is this one
public record PoolStats(
        long itemsOk,
        long itemsFailed,
        long batches,
        long bytesSent,
        long bytesReceived,
        long starts,
        long deaths,
        List<Worker> workers,
        List<Node> nodes) {
    /// Copies the lists.
    public PoolStats {
        workers = List.copyOf(workers);
        nodes = List.copyOf(nodes);
    }

    /// A machine, or a part of one, that an engine has given to the pool.
    ///
    /// @param name its name in the engine
    /// @param slots how many batches it works at together
    public record Node(String name, int slots) {}

    /// One worker at one moment.
    ///
    /// @param number its number, from 0, kept by its replacement
    /// @param pid its process, or 0 while there is none
    /// @param state what it is doing: `starting`, `idle`, `busy`, `leaving` or `gone`
    /// @param items how many items it has finished since it started
    public record Worker(int number, long pid, String state, long items) {}
}
