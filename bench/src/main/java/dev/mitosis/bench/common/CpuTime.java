package dev.mitosis.bench.common;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The CPU time of other processes, user and system, in seconds; Linux on 64 bits only.
///
/// It is what the kernel's scheduler has counted, to the nanosecond, for all threads of a process,
/// ended ones too. `/proc/PID/stat`, which [ProcessHandle] reads, knows ticks of 10 ms, and the
/// `schedstat` of the threads nothing of those that have ended.
public final class CpuTime {
    private static final int CHILDREN = -1; // RUSAGE_CHILDREN
    private static final MemoryLayout RUSAGE =
            MemoryLayout.sequenceLayout(18, ValueLayout.JAVA_LONG);
    private static final MethodHandle CLOCK_OF =
            function("clock_getcpuclockid", ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
    private static final MethodHandle TIME_OF =
            function("clock_gettime", ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
    private static final MethodHandle USAGE =
            function("getrusage", ValueLayout.JAVA_INT, ValueLayout.ADDRESS);

    private CpuTime() {}

    @SuppressWarnings("restricted") // they write only what they are given
    private static MethodHandle function(String name, MemoryLayout... arguments) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
    }

    /// {@return the seconds that a living process has had so far}
    ///
    /// @param pid the process
    public static double of(long pid) {
        try (var arena = Arena.ofConfined()) {
            var clock = arena.allocate(ValueLayout.JAVA_INT);
            call(CLOCK_OF, (int) pid, clock);
            var time = arena.allocate(ValueLayout.JAVA_LONG, 2);
            call(TIME_OF, clock.get(ValueLayout.JAVA_INT, 0), time);
            return number(time, 0) + number(time, 1) / 1e9;
        }
    }

    /// {@return the seconds of all children of this process that have ended, to the microsecond}
    public static double ofEndedChildren() {
        try (var arena = Arena.ofConfined()) {
            var usage = arena.allocate(RUSAGE);
            call(USAGE, CHILDREN, usage);
            double user = number(usage, 0) + number(usage, 1) / 1e6;
            double system = number(usage, 2) + number(usage, 3) / 1e6;
            return user + system;
        }
    }

    private static long number(MemorySegment struct, int index) {
        return struct.getAtIndex(ValueLayout.JAVA_LONG, index);
    }

    private static void call(MethodHandle function, int what, MemorySegment result) {
        int status;
        try {
            status = (int) function.invokeExact(what, result);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        if (status != 0) {
            throw new IllegalArgumentException("status " + status + " for " + what);
        }
    }
}
