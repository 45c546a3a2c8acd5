package dev.mitosis.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mitosis.Backend;
import dev.mitosis.WorkerStartException;
import org.junit.jupiter.api.Test;

class EndsThreadsTest extends EndsContract {
    @Override
    protected Backend backend() {
        return Backend.threads();
    }

    /// An exception that cannot be asked for anything.
    private static final class Dumb extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String toString() {
            throw new IllegalStateException("no words");
        }
    }

    @Test
    void an_initializer_that_throws_what_has_no_words_is_told_by_its_class() {
        try (var pool = open(c -> c.withWorkers(1).withInitializer(() -> {
            throw new Dumb();
        }))) {
            var thrown = assertThrows(WorkerStartException.class, () -> pool.apply(n -> n, 1));
            assertEquals("the initializer of a worker threw " + Dumb.class.getName(), thrown.getMessage());
        }
    }
}
