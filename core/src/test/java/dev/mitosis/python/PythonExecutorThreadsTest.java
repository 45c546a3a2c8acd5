package dev.mitosis.python;

import dev.mitosis.Backend;

class PythonExecutorThreadsTest extends PythonExecutorContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
