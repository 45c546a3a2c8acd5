package dev.mitosis.contract;

import dev.mitosis.Backend;

class BroadcastThreadsTest extends BroadcastContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
