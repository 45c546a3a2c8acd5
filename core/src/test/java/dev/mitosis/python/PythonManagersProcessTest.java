package dev.mitosis.python;

import dev.mitosis.Backend;
import org.junit.jupiter.api.Tag;

@Tag("process")
class PythonManagersProcessTest extends PythonManagersContract {
    @Override
    protected Backend backend() {
        return Backend.processes();
    }
}
