package dev.mitosis.internal.link;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/// The words of a link's memory by which two processes agree; each lies where eight divides.
///
/// They are read and written plainly, with a fence beside each: a new worker takes less time to
/// interpret and to compile that than a handle's `getAcquire` and `setRelease`. It is right for the
/// same reason: a JVM reads and writes an aligned word at once, and moves nothing across a fence.
/// A buffer, not a segment: to make ready for segments takes 5 ms of a worker's start.
final class Words {
    private static final int WORD = 3; // a word is so many bits of an offset
    private static final VarHandle LONG =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer memory;
    private final LongBuffer words; // the same memory

    Words(ByteBuffer memory) {
        this.memory = memory;
        words = memory.duplicate().order(ByteOrder.nativeOrder()).asLongBuffer();
    }

    /// Reads a word, before whatever is read after it.
    long acquire(int offset) {
        long word = words.get(offset >>> WORD);
        VarHandle.acquireFence();
        return word;
    }

    /// Writes a word, after whatever was read or written before.
    void release(int offset, long word) {
        VarHandle.releaseFence();
        words.put(offset >>> WORD, word);
    }

    /// Writes a word, after whatever was read or written before, and before whatever is after it.
    void store(int offset, long word) {
        release(offset, word);
        VarHandle.fullFence();
    }

    /// Writes a word if it has not changed, as a full fence.
    ///
    /// @return whether it was what is expected
    boolean cas(int offset, long expected, long word) {
        return LONG.compareAndSet(memory, offset, expected, word);
    }
}
