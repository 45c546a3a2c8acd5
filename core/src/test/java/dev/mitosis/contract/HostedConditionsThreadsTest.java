package dev.mitosis.contract;

import dev.mitosis.Backend;

class HostedConditionsThreadsTest extends HostedConditionsContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
