package dev.mitosis.contract;

import dev.mitosis.Backend;

class HostInlineTest extends HostContract {
    @Override
    protected Backend backend() {
        return Backend.inline();
    }
}
