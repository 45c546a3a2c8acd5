package dev.mitosis.contract;

import dev.mitosis.Backend;

class EmitThreadsTest extends EmitContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
