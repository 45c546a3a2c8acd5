package dev.mitosis.contract;

import dev.mitosis.Backend;

class HostThreadsTest extends HostContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
