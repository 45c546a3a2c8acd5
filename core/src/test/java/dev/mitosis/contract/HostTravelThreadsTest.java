package dev.mitosis.contract;

import dev.mitosis.Backend;

class HostTravelThreadsTest extends HostTravelContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
