package dev.mitosis.contract;

import dev.mitosis.Backend;

class OptionsThreadsTest extends OptionsContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
