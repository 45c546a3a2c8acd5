package dev.mitosis.bench.torture;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What one item does in its worker, good or bad.
enum Act {
    ANSWER {
        @Override
        Object perform(long n, long answer) {
            return answer;
        }
    },
    PRINT {
        @Override
        Object perform(long n, long answer) {
            System.out.println("item " + n + " prints");
            System.err.print("no end of line ".repeat((int) (n % 50)));
            return answer;
        }
    },
    NAP {
        @Override
        Object perform(long n, long answer) throws InterruptedException {
            Thread.sleep(n % 20);
            return answer;
        }
    },
    THROW {
        @Override
        Object perform(long n, long answer) throws IOException {
            throw new IOException("item " + n);
        }
    },
    RECURSE {
        @Override
        Object perform(long n, long answer) {
            return depth(0);
        }

        @SuppressWarnings("InfiniteRecursion") // until the stack is full
        private int depth(int reached) {
            return depth(reached + 1) + 1;
        }
    },
    UNSERIALIZABLE {
        @Override
        Object perform(long n, long answer) {
            return List.of(new Object());
        }
    },
    UNREADABLE {
        @Override
        Object perform(long n, long answer) {
            return new Unreadable();
        }
    },
    EXIT {
        @Override
        Object perform(long n, long answer) {
            System.exit(EXIT_CODE);
            return answer;
        }
    },
    HALT {
        @Override
        Object perform(long n, long answer) {
            Runtime.getRuntime().halt(HALT_CODE);
            return answer;
        }
    },
    KILL {
        @Override
        Object perform(long n, long answer) throws IOException, InterruptedException {
            var me = Long.toString(ProcessHandle.current().pid());
            new ProcessBuilder("kill", "-s", "KILL", me).start().waitFor();
            TimeUnit.DAYS.sleep(1);
            return answer;
        }
    },
    ALLOCATE {
        @Override
        Object perform(long n, long answer) {
            var all = new ArrayList<byte[]>();
            while (all.size() < Integer.MAX_VALUE) {
                all.add(new byte[1 << 20]);
            }
            return all.size();
        }
    },
    SPIN {
        @Override
        Object perform(long n, long answer) {
            long sum = 0;
            for (long i = 0; i < Long.MAX_VALUE; i++) {
                sum += i ^ sum;
            }
            return sum;
        }
    },
    SLEEP {
        @Override
        Object perform(long n, long answer) throws InterruptedException {
            TimeUnit.DAYS.sleep(1);
            return answer;
        }
    };

    static final int EXIT_CODE = 17;
    static final int HALT_CODE = 18;
    static final int HEAP_EXHAUSTED = 3;
    static final int KILLED = 137;

    /// Those that cost little.
    static final List<Act> CHEAP = List.of(PRINT, NAP, THROW, RECURSE);

    /// Those whose result is an object that cannot travel.
    static final List<Act> OBJECTS = List.of(UNSERIALIZABLE, UNREADABLE);

    /// Those that cost a worker.
    static final List<Act> DEAR = List.of(EXIT, HALT, KILL, ALLOCATE);

    /// Those that only a time-out ends.
    static final List<Act> ENDLESS = List.of(SPIN, SLEEP);

    /// Does it.
    ///
    /// @param n the item
    /// @param answer what to return, if it returns
    abstract Object perform(long n, long answer) throws Exception;

    /// {@return whether it ends by returning the answer}
    boolean answers() {
        return this == ANSWER || this == PRINT || this == NAP;
    }

    /// A result that nobody can read back.
    private static final class Unreadable implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) throws InvalidObjectException {
            throw new InvalidObjectException("it cannot be read: " + in.getClass());
        }
    }
}
