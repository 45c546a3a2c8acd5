package dev.mitosis.contract;

import dev.mitosis.Backend;

class FailFastThreadsTest extends FailFastContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
