package dev.mitosis.contract;

import dev.mitosis.Backend;

class HostedLocksThreadsTest extends HostedLocksContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
