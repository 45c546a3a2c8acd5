package dev.mitosis.contract;

import dev.mitosis.Backend;

class ClosingInlineTest extends ClosingContract {
    @Override
    protected Backend backend() {
        return Backend.inline();
    }
}
