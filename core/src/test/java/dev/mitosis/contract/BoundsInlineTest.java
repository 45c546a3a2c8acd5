package dev.mitosis.contract;

import dev.mitosis.Backend;

class BoundsInlineTest extends BoundsContract {
    @Override
    protected Backend backend() {
        return Backend.inline();
    }
}
