package dev.mitosis.contract;

import dev.mitosis.Backend;

class BroadcastInlineTest extends BroadcastContract {
    @Override
    protected Backend backend() {
        return Backend.inline();
    }
}
