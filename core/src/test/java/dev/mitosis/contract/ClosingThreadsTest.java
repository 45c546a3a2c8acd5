package dev.mitosis.contract;

import dev.mitosis.Backend;

class ClosingThreadsTest extends ClosingContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
