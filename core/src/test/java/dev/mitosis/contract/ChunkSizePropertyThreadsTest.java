package dev.mitosis.contract;

import dev.mitosis.Backend;

class ChunkSizePropertyThreadsTest extends ChunkSizePropertyContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
