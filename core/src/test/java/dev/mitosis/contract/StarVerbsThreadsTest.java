package dev.mitosis.contract;

import dev.mitosis.Backend;

class StarVerbsThreadsTest extends StarVerbsContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
