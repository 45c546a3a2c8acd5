package dev.mitosis.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.LeakCheck;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The start of a process while this one has no room for another thread.
@Tag("process")
@ExtendWith(LeakCheck.class)
class NoThreadsProcessTest {
    private static final String REFUSAL = "unable to create native thread";
    private static final int FEWEST = 7; // of socket, folder, two outputs, link, exit, outcome

    private final Room room = new Room();

    /// Is asked whenever a thread makes another.
    private static final class Room extends InheritableThreadLocal<Integer> {
        private volatile Thread tester = Thread.currentThread();
        private int left; // used by that thread alone

        void is(int threads) {
            tester = Thread.currentThread();
            left = threads;
            set(0);
        }

        @Override
        protected Integer childValue(Integer value) {
            if (!Thread.currentThread().equals(tester)) {
                return value; // one that it has made
            }
            if (left == 0) {
                throw new OutOfMemoryError(REFUSAL);
            }
            left--;
            return value;
        }
    }

    @AfterEach
    void thereIsRoomAgain() {
        room.remove();
    }

    private static Set<Long> processes() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    /// In place of a JVM one that would never end by itself.
    private static Child<Integer> start() {
        return Child.start(c -> c.withLaunchPrefix("sh", "-c", "exec sleep 600", "sh"), () -> 1);
    }

    @Test
    void whichever_thread_cannot_be_made_the_process_of_a_child_is_killed() {
        start().close(); // what is started once is there now
        var before = processes();
        int threads = 0;
        for (; ; threads++) {
            room.is(threads);
            try (var child = start()) {
                assertTrue(child.isAlive());
                break;
            } catch (OutOfMemoryError e) {
                assertEquals(REFUSAL, e.getMessage());
            } finally {
                room.remove();
            }
            Eventually.holds("no process is left without thread " + threads, () -> processes().equals(before));
        }

        assertTrue(threads >= FEWEST, threads + " threads");
    }
}
