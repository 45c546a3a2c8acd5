package dev.mitosis.contract.verbs;

import dev.mitosis.Backend;

class EveryVerbStopsThreadsTest extends EveryVerbStopsContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
