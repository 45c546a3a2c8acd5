package dev.mitosis.contract;

import dev.mitosis.Backend;

class FailFastInlineTest extends FailFastContract {
    @Override
    protected Backend backend() {
        return Backend.inline();
    }
}
