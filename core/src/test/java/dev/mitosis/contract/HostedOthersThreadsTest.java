package dev.mitosis.contract;

import dev.mitosis.Backend;

class HostedOthersThreadsTest extends HostedOthersContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
