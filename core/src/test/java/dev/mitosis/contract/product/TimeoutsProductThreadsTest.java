package dev.mitosis.contract.product;

import dev.mitosis.Backend;

class TimeoutsProductThreadsTest extends TimeoutsProductContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
