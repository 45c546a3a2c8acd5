package dev.mitosis.contract;

import dev.mitosis.Backend;
import org.junit.jupiter.api.Tag;

@Tag("process")
class EndsProcessTest extends EndsContract {
    @Override
    protected Backend backend() {
        return Backend.processes();
    }
}
