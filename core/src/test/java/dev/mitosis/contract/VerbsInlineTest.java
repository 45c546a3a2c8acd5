package dev.mitosis.contract;

import dev.mitosis.Backend;

class VerbsInlineTest extends VerbsContract {
    @Override
    protected Backend backend() {
        return Backend.inline();
    }
}
