package dev.mitosis.contract;

import dev.mitosis.Backend;

class HostTravelInlineTest extends HostTravelContract {
    @Override
    protected Backend backend() {
        return Backend.inline();
    }
}
