package dev.mitosis.contract;

import dev.mitosis.Backend;

class HostWaitsThreadsTest extends HostWaitsContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
