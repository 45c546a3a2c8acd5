package dev.mitosis.contract;

import dev.mitosis.Backend;

class GatherersInlineTest extends GatherersContract {
    @Override
    protected Backend backend() {
        return Backend.inline();
    }
}
