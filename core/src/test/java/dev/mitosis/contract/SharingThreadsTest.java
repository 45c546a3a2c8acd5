package dev.mitosis.contract;

import dev.mitosis.Backend;

class SharingThreadsTest extends SharingContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
