package dev.mitosis.contract;

import dev.mitosis.Backend;

class HostedReadWriteThreadsTest extends HostedReadWriteContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
