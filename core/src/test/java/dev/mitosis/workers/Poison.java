package dev.mitosis.workers;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;

/// What one item can do to a pool.
enum Poison {
    HALTS {
        @Override
        Object take() {
            Runtime.getRuntime().halt(7);
            return this;
        }
    },
    ALLOCATES_WITHOUT_END {
        @Override
        Object take() {
            var all = new ArrayList<long[]>();
            for (int size = 1 << 20; ; size *= 2) {
                all.add(new long[size]);
            }
        }
    },
    LOOPS_WITHOUT_A_CALL {
        @Override
        Object take() {
            return loop(1);
        }
    },
    BLOCKS_IN_NATIVE_CODE {
        @Override
        Object take() throws Throwable {
            return pause();
        }
    },
    RETURNS_WHAT_CANNOT_TRAVEL {
        @Override
        Object take() {
            return new Stuck();
        }
    },
    RETURNS_WHAT_CANNOT_BE_READ {
        @Override
        Object take() {
            return new Unreadable();
        }
    };

    private static final class Stuck {}

    private static final class Unreadable implements Serializable {
        private void readObject(ObjectInputStream in) throws IOException {
            throw new IOException("not for reading " + in.available());
        }
    }

    abstract Object take() throws Throwable;

    private static int loop(int seed) {
        int sum = seed;
        for (long i = 0; i < Long.MAX_VALUE; i++) {
            sum += (int) i ^ sum;
        }
        return sum;
    }

    @SuppressWarnings("restricted") // the test is about code that no JVM can stop
    private static int pause() throws Throwable {
        var linker = Linker.nativeLinker();
        var symbol = linker.defaultLookup().find("pause").orElseThrow();
        var call = linker.downcallHandle(symbol, FunctionDescriptor.of(ValueLayout.JAVA_INT));
        return (int) call.invokeExact();
    }
}
