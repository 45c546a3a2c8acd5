package dev.mitosis.contract.verbs;

import dev.mitosis.Backend;

class EverywhereFaultsThreadsTest extends EverywhereFaultsContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }
}
