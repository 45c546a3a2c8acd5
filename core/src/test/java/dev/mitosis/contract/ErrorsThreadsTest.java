package dev.mitosis.contract;

import dev.mitosis.Backend;

class ErrorsThreadsTest extends ErrorsContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
