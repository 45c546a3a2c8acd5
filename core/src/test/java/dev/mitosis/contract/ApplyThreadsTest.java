package dev.mitosis.contract;

import dev.mitosis.Backend;

class ApplyThreadsTest extends ApplyContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
