package dev.mitosis.contract;

import dev.mitosis.Backend;

class ConcurrentFailFastThreadsTest extends ConcurrentFailFastContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
