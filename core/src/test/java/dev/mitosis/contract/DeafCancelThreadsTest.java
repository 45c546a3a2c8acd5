package dev.mitosis.contract;

import dev.mitosis.Backend;

class DeafCancelThreadsTest extends DeafCancelContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
