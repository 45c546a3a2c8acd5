package dev.mitosis.contract.verbs;

import dev.mitosis.Backend;
import org.junit.jupiter.api.Tag;

@Tag("process")
class EveryVerbFailuresProcessTest extends EveryVerbFailuresContract {
    @Override
    protected Backend backend() {
        return Backend.processes();
    }
}
