package dev.mitosis.contract;

import dev.mitosis.Backend;

class ExecutorThreadsTest extends ExecutorContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
