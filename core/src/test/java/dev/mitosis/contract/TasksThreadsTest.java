package dev.mitosis.contract;

import dev.mitosis.Backend;

class TasksThreadsTest extends TasksContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
