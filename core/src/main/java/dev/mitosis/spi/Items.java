package dev.mitosis.spi;

/// The items of a lease, as they travel.
public sealed interface Items {
    /// Serialized items.
    ///
    /// @param bytes the value records of a whole batch, with heads of frames between them
    /// @param frames how many items a frame has
    /// @param skip how many items at the beginning are not part of this lease
    record Values(Bytes bytes, Frames frames, int skip) implements Items {
        /// All in one frame.
        ///
        /// @param bytes the value records
        public Values(Bytes bytes) {
            this(bytes, Frames.ONE, 0);
        }

        /// {@return how many bytes the first frame has}
        public long first() {
            return frames.first() < 0 ? bytes.size() : frames.first();
        }
    }

    /// How the items of a batch are divided into frames.
    ///
    /// @param most how many items are in each frame but the last
    /// @param first how many bytes the first frame has, or -1 for all
    record Frames(int most, long first) {
        /// One for all items.
        public static final Frames ONE = new Frames(Integer.MAX_VALUE, -1);
    }

    /// Consecutive numbers, produced in the worker.
    ///
    /// @param first the first number of this lease
    record Range(long first) implements Items {}
}
