package dev.mitosis.contract;

import dev.mitosis.Backend;

class HostedMapThreadsTest extends HostedMapContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
