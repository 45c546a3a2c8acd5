package dev.mitosis.python;

import dev.mitosis.Backend;

class PythonInitThreadsTest extends PythonInitContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
