package dev.mitosis.python;

import dev.mitosis.Backend;

class PythonPoolInputsThreadsTest extends PythonPoolInputsContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
