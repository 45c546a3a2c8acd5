package dev.mitosis.share;

import dev.mitosis.internal.hosting.Attentive;

/// The end of something with its pool: nothing to be called, only hosted.
interface Ending {
    /// Of shared memory.
    ///
    /// @param memory the memory
    record Of(SharedMemory memory) implements Ending, Attentive {
        @Override
        public void partyGone(int party, long pid) {}

        @Override
        public void ended() {
            memory.close();
        }
    }
}
