package dev.mitosis.contract.product;

import dev.mitosis.Backend;
import org.junit.jupiter.api.Tag;

@Tag("process")
class FailuresProductProcessTest extends FailuresProductContract {
    @Override
    protected Backend backend() {
        return Backend.processes();
    }
}
