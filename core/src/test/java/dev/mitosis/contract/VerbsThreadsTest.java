package dev.mitosis.contract;

import dev.mitosis.Backend;

class VerbsThreadsTest extends VerbsContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
