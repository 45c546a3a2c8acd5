package dev.mitosis.contract;

import dev.mitosis.Backend;

class GatherersThreadsTest extends GatherersContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
