package dev.mitosis.contract;

import dev.mitosis.Backend;

class StarVerbsInlineTest extends StarVerbsContract {
    @Override
    protected Backend backend() {
        return Backend.inline();
    }
}
