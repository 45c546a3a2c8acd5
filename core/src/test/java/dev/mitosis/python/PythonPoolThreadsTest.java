package dev.mitosis.python;

import dev.mitosis.Backend;

class PythonPoolThreadsTest extends PythonPoolContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
