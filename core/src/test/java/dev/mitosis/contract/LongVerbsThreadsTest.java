package dev.mitosis.contract;

import dev.mitosis.Backend;

class LongVerbsThreadsTest extends LongVerbsContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
