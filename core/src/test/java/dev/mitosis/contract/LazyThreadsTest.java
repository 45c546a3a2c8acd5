package dev.mitosis.contract;

import dev.mitosis.Backend;

class LazyThreadsTest extends LazyContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
