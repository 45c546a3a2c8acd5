package dev.mitosis.python;

import dev.mitosis.Backend;
import org.junit.jupiter.api.Tag;

@Tag("process")
class PythonLocksProcessTest extends PythonLocksContract {
    @Override
    protected Backend backend() {
        return Backend.processes();
    }
}
