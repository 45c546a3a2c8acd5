package dev.mitosis.contract;

import dev.mitosis.Backend;

class OptionsInlineTest extends OptionsContract {
    @Override
    protected Backend backend() {
        return Backend.inline();
    }
}
