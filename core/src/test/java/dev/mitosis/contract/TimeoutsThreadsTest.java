package dev.mitosis.contract;

import dev.mitosis.Backend;

class TimeoutsThreadsTest extends TimeoutsContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
