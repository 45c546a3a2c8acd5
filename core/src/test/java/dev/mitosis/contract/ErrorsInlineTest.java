package dev.mitosis.contract;

import dev.mitosis.Backend;

class ErrorsInlineTest extends ErrorsContract {
    @Override
    protected Backend backend() {
        return Backend.inline();
    }
}
