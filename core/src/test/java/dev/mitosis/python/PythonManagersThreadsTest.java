package dev.mitosis.python;

import dev.mitosis.Backend;

class PythonManagersThreadsTest extends PythonManagersContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
