package dev.mitosis.contract;

import dev.mitosis.Backend;
import org.junit.jupiter.api.Tag;

@Tag("process")
class TimeoutsProcessTest extends TimeoutsContract {
    @Override
    protected Backend backend() {
        return Backend.processes();
    }
}
