package dev.mitosis.contract;

import dev.mitosis.Backend;

class BoundsThreadsTest extends BoundsContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
