package dev.mitosis.contract;

import dev.mitosis.Backend;

class LastingItemsThreadsTest extends LastingItemsContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
