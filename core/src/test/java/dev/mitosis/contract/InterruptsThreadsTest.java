package dev.mitosis.contract;

import dev.mitosis.Backend;

class InterruptsThreadsTest extends InterruptsContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
