package dev.mitosis.contract;

import dev.mitosis.Backend;

class HostedQueueThreadsTest extends HostedQueueContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
