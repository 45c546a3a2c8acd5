package dev.mitosis.contract;

import dev.mitosis.Backend;

class EndsThreadsTest extends EndsContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
