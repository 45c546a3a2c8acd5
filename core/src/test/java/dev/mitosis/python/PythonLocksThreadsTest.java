package dev.mitosis.python;

import dev.mitosis.Backend;

class PythonLocksThreadsTest extends PythonLocksContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
