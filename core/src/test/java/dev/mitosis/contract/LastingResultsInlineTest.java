package dev.mitosis.contract;

import dev.mitosis.Backend;

class LastingResultsInlineTest extends LastingResultsContract {
    @Override
    protected Backend backend() {
        return Backend.inline();
    }
}
