package dev.mitosis.faults.moments;

import static dev.mitosis.faults.moments.Inside.field;

import dev.mitosis.Pool;
import dev.mitosis.internal.link.LinkLayout;
import dev.mitosis.internal.link.LinkMemory;
import dev.mitosis.internal.link.RingReader;
import dev.mitosis.testing.Eventually;
import java.util.concurrent.locks.ReentrantLock;

/// Keeps this JVM from reading what its one worker sends, as if it were held up there; for one thread.
final class HeldReader implements AutoCloseable {
    private final ReentrantLock reading;
    private final RingReader ring;
    private final LinkMemory memory;

    HeldReader(Pool pool) {
        var pump = field(field(Inside.worker(pool), "connection"), "pump");
        reading = (ReentrantLock) field(pump, "reading");
        ring = (RingReader) field(field(pump, "replies"), "ring");
        memory = (LinkMemory) field(field(pump, "link"), "memory");
        reading.lock();
    }

    void awaitFullRing() {
        Eventually.holds("the ring is full", () -> ring.available() == LinkLayout.RING);
    }

    /// {@return how many bytes nobody has read}
    int unread() {
        return ring.available();
    }

    void awaitInterrupt() {
        Eventually.holds("the item is interrupted", () -> (memory.running() & 1) != 0);
    }

    /// Goes on to read.
    @Override
    public void close() {
        if (reading.isHeldByCurrentThread()) {
            reading.unlock(); // whoever would have read, but could not, does so now
        }
    }
}
