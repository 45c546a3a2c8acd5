package dev.mitosis.internal;

import java.util.concurrent.ArrayBlockingQueue;

/// Byte arrays to be used again; for many threads.
///
/// Memory that was never touched costs more than a copy into it, since the operating system has to
/// find and clear each page: 3 ms a MiB have been measured on a virtual machine, against 0.1 for
/// the copy. A call that moves many bytes for a moment goes through the same few arrays.
public final class Buffers {
    /// The shortest array that is worth keeping.
    public static final int SHORTEST = 16 << 10;

    /// The longest array that is kept.
    public static final int LONGEST = 512 << 10;

    private static final int SHIFT = Integer.numberOfTrailingZeros(SHORTEST);
    private static final int KEPT = 4 << 20; // bytes, of each length

    // one for each power of two
    private final ArrayBlockingQueue<?>[] lengths;

    /// Makes a store without arrays.
    public Buffers() {
        lengths = new ArrayBlockingQueue<?>[lengthClass(LONGEST) + 1];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = new ArrayBlockingQueue<byte[]>(KEPT / (SHORTEST << i));
        }
    }

    /// Returns an array with any content, which is to be given back.
    ///
    /// @param length how long it must be at least
    /// @return an array at most twice as long, or of just that length if such are not kept
    public byte[] take(int length) {
        if (length < SHORTEST || length > LONGEST) {
            return new byte[length];
        }
        int lengthClass = lengthClass(length);
        var used = (byte[]) lengths[lengthClass].poll();
        return used == null ? new byte[SHORTEST << lengthClass] : used;
    }

    /// Takes an array back, unless there are enough or such are not kept.
    ///
    /// @param array the array, not to be used by the caller any more
    @SuppressWarnings("unchecked") // made by the constructor
    public void giveBack(byte[] array) {
        int length = array.length;
        if (length >= SHORTEST && length <= LONGEST && Integer.bitCount(length) == 1) {
            var _ = ((ArrayBlockingQueue<byte[]>) lengths[lengthClass(length)]).offer(array);
        }
    }

    private static int lengthClass(int length) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(length - 1) - SHIFT;
    }
}
