package dev.mitosis.contract;

import dev.mitosis.Backend;

class ContextInlineTest extends ContextContract {
    @Override
    protected Backend backend() {
        return Backend.inline();
    }
}
