package dev.mitosis.contract;

import dev.mitosis.Backend;
import org.junit.jupiter.api.Tag;

@Tag("process")
class HostedConditionsProcessTest extends HostedConditionsContract {
    @Override
    protected Backend backend() {
        return Backend.processes();
    }
}
