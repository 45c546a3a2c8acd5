package dev.mitosis.contract;

import dev.mitosis.Backend;

class LastingResultsThreadsTest extends LastingResultsContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
