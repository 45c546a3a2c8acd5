package dev.mitosis.contract;

import dev.mitosis.Backend;

class ViewsThreadsTest extends ViewsContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
