package dev.mitosis.contract;

import dev.mitosis.Backend;

class LongVerbsInlineTest extends LongVerbsContract {
    @Override
    protected Backend backend() {
        return Backend.inline();
    }
}
