package dev.mitosis.contract.verbs;

import dev.mitosis.Backend;

class EveryVerbFailuresInlineTest extends EveryVerbFailuresContract {
    @Override
    protected Backend backend() {
        return Backend.inline();
    }
}
