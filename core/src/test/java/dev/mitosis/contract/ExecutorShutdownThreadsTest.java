package dev.mitosis.contract;

import dev.mitosis.Backend;

class ExecutorShutdownThreadsTest extends ExecutorShutdownContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
