package dev.mitosis.contract;

import dev.mitosis.Backend;
import org.junit.jupiter.api.Tag;

@Tag("process")
class ChunkSizePropertyProcessTest extends ChunkSizePropertyContract {
    @Override
    protected Backend backend() {
        return Backend.processes();
    }
}
