package dev.mitosis.contract;

import dev.mitosis.Backend;

class ApplyInlineTest extends ApplyContract {
    @Override
    protected Backend backend() {
        return Backend.inline();
    }
}
