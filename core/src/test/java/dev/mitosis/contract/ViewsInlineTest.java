package dev.mitosis.contract;

import dev.mitosis.Backend;

class ViewsInlineTest extends ViewsContract {
    @Override
    protected Backend backend() {
        return Backend.inline();
    }
}
