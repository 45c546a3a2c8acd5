package dev.mitosis.contract;

import dev.mitosis.Backend;

class OrderlyCloseThreadsTest extends OrderlyCloseContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
