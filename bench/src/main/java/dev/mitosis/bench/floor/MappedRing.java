package dev.mitosis.bench.floor;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A ring of longs in memory that two processes map: one thread writes, one reads, both spin.
///
/// Nothing is serialized, scheduled, bounded or recovered: it is the least that a message costs.
/// Tail, head and slots lie in cache lines of their own.
public final class MappedRing {
    private static final VarHandle LONG =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int SLOTS = 1 << 14;
    private static final int TAIL = 0;
    private static final int HEAD = 128;
    private static final int FIRST = 256;
    private static final int SIZE = FIRST + SLOTS * Long.BYTES;

    private final ByteBuffer memory;

    // of the side that uses it
    private long tail;
    private long head;
    private long known; // what the other side's position was, when last looked at

    private MappedRing(ByteBuffer memory) {
        this.memory = memory;
    }

    /// Maps both rings of a pair.
    ///
    /// @param file where they are; made if need be
    /// @return the ring that the parent writes, and the one that it reads
    /// @throws IOException if they cannot be mapped
    static MappedRing[] pair(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE,
                StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, 2L * SIZE, Arena.ofAuto())
                    .asByteBuffer();
            return new MappedRing[] {part(memory, 0), part(memory, SIZE)};
        }
    }

    private static MappedRing part(ByteBuffer memory, int at) {
        return new MappedRing(memory.slice(at, SIZE).order(ByteOrder.nativeOrder()));
    }

    /// Writes a number, if there is room; for the writer.
    ///
    /// @param number the number
    /// @return whether there was
    public boolean offer(long number) {
        if (tail - known >= SLOTS) {
            known = (long) LONG.getAcquire(memory, HEAD);
            if (tail - known >= SLOTS) {
                return false;
            }
        }
        memory.putLong(slot(tail), number);
        LONG.setRelease(memory, TAIL, ++tail);
        return true;
    }

    /// {@return whether there is a number to take; for the reader}
    public boolean isReady() {
        if (head >= known) {
            known = (long) LONG.getAcquire(memory, TAIL);
        }
        return head < known;
    }

    /// Takes the next number, which must be ready.
    ///
    /// @return the number
    public long take() {
        long number = memory.getLong(slot(head));
        LONG.setRelease(memory, HEAD, ++head);
        return number;
    }

    private static int slot(long position) {
        return FIRST + ((int) position & (SLOTS - 1)) * Long.BYTES;
    }
}
