package dev.mitosis.internal.launch;

import java.util.concurrent.atomic.AtomicLong;

/// The heaps of one pool's workers, out of the memory that all pools of this JVM have together.
///
/// @param heap the maximum heap of each worker, bytes
/// @param workers how many workers
public record HeapShare(long heap, int workers) implements AutoCloseable {
    // what open pools may use, bytes: the machine is the same for all pools of this JVM
    private static final AtomicLong TAKEN = new AtomicLong();

    /// Takes a share: what the user says, or three quarters of an equal part of what other pools
    /// have left. Warns if all heaps together are larger than the memory.
    ///
    /// @param machine this machine or container
    /// @param chosen the heap that the user chose, bytes, or 0
    /// @param workers how many workers the pool has
    /// @return the share, to be closed with the pool
    public static HeapShare take(Machine machine, long chosen, int workers) {
        long before = TAKEN.get();
        long heap = chosen > 0 ? chosen : machine.heapSlice(before, workers);
        long taken = TAKEN.addAndGet(heap * workers);
        if (taken > machine.memoryLimit()) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.WARNING, overcommitted(
                    machine, heap, workers, taken));
        }
        return new HeapShare(heap, workers);
    }

    static String overcommitted(Machine machine, long heap, int workers, long taken) {
        return ("%d workers with heaps of %d MiB bring what the pools of this JVM may use to %d MiB"
                + " of %d MiB of memory: when it is used up, the kernel kills processes; set a"
                + " smaller withHeap, or fewer workers").formatted(workers, heap >> 20,
                        taken >> 20, machine.memoryLimit() >> 20);
    }

    @Override
    public void close() {
        TAKEN.addAndGet(-heap * workers);
    }
}
