package dev.mitosis.contract;

import dev.mitosis.Backend;

class HostedMapInlineTest extends HostedMapContract {
    @Override
    protected Backend backend() {
        return Backend.inline();
    }
}
