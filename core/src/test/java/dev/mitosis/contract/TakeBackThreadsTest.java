package dev.mitosis.contract;

import dev.mitosis.Backend;

class TakeBackThreadsTest extends TakeBackContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
