package dev.mitosis.bench.common;

import java.lang.management.ManagementFactory;

/// This JVM's heap.
public final class Heap {
    private static final int COLLECTIONS = 4;
    private static final double MIB = 1 << 20;

    private Heap() {}

    /// Collects garbage several times, since cleaners need more than one turn.
    ///
    /// @return what is in use after that, in MiB
    /// @throws InterruptedException if this thread is interrupted meanwhile
    public static double usedMiB() throws InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB;
    }
}
