package dev.mitosis.contract.verbs;

import dev.mitosis.Backend;

class EveryVerbFailuresThreadsTest extends EveryVerbFailuresContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
