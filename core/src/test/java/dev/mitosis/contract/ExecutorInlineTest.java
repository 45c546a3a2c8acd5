package dev.mitosis.contract;

import dev.mitosis.Backend;

class ExecutorInlineTest extends ExecutorContract {
    @Override
    protected Backend backend() {
        return Backend.inline();
    }
}
