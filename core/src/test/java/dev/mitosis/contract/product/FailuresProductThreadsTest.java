package dev.mitosis.contract.product;

import dev.mitosis.Backend;

class FailuresProductThreadsTest extends FailuresProductContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
