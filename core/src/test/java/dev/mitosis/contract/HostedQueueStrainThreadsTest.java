package dev.mitosis.contract;

import dev.mitosis.Backend;

class HostedQueueStrainThreadsTest extends HostedQueueStrainContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
