package dev.mitosis.contract;

import dev.mitosis.Backend;

class ContextThreadsTest extends ContextContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
