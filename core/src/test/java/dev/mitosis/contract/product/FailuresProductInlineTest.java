package dev.mitosis.contract.product;

import dev.mitosis.Backend;

class FailuresProductInlineTest extends FailuresProductContract {
    @Override
    protected Backend backend() {
        return Backend.inline();
    }
}
