package dev.mitosis.contract.product;

import dev.mitosis.Backend;
import org.junit.jupiter.api.Tag;

@Tag("process")
class TimeoutsProductProcessTest extends TimeoutsProductContract {
    @Override
    protected Backend backend() {
        return Backend.processes();
    }
}
