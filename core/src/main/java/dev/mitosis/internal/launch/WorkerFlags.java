package dev.mitosis.internal.launch;

import dev.mitosis.PoolConfig;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The flags that a worker gets besides those copied: a small JVM that can always be stopped.
///
/// It is tempting to set `ActiveProcessorCount` to a share of the cores. But with the serial
/// collector a JVM starts about as many threads for 64 cores as for one (16 and 14 were counted),
/// and a function would see another machine than its caller does.
///
/// It is tempting to forbid core dumps with `-XX:-CreateCoredumpOnCrash`. But then a crash ends
/// with status 1, as an uncaught exception does, and not with 134.
///
/// @param config what the user asked for
/// @param heap the maximum heap in bytes
/// @param memory what there is for all processes here, bytes
record WorkerFlags(PoolConfig config, long heap, long memory) {
    private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w+GC");
    private static final Pattern HEAP =
            Pattern.compile("-Xmx.*|-XX:MaxHeapSize=.*|-XX:MaxRAMPercentage=.*");

    private static final Pattern GENERATIONS = Pattern.compile("-Xm[sn].*|-XX:NewRatio=.*"
            + "|-XX:(Initial|Min)(HeapSize|RAMPercentage)=.*|-XX:(Max)?NewSize=.*");

    private static final Pattern CACHE = Pattern.compile("-XX:AOT\\w*=.*"); // one of the user's own

    private static final int KNOWN_JDK = 25;
    private static final long MIB = 1 << 20;
    private static final int FIRST_SHARE = 64; // of the memory is a JVM's first heap
    private static final int FIRST_OLD = 16; // MiB
    private static final long SMALL = 64 * MIB; // a heap below that begins as the JVM sees fit

    /// Returns the flags of one worker; the user's own come last, so that they win.
    ///
    /// @param seat the worker's seat, for its debugger's port
    /// @param temp the worker's own temp folder
    /// @param crashes where crash reports go
    List<String> of(int seat, Path temp, Path crashes) {
        var flags = new ArrayList<String>();
        if (!userSays(HEAP)) {
            flags.add("-Xmx" + (heap >> 10) + "k");
        }
        if (!userSays(COLLECTOR)) {
            flags.add("-XX:+UseSerialGC");
            addGenerations(flags);
        }
        // A counted loop without safepoints can be neither dumped nor halted.
        flags.add("-XX:+UseCountedLoopSafepoints");
        flags.add("-XX:LoopStripMiningIter=1000");
        addThresholds(flags);
        addArchive(flags);
        flags.add("-XX:-UsePerfData");
        flags.add("-XX:ErrorFile=" + crashes.toString().replace("%", "%%") + "/hs_err_%p.log");
        flags.add("-Djava.io.tmpdir=" + temp);
        flags.add("-D" + ShareFolder.TEMP + "=" + ShareFolder.temp());
        // What a worker prints goes into a pipe that is read as UTF-8.
        flags.add("-Dstdout.encoding=UTF-8");
        flags.add("-Dstderr.encoding=UTF-8");
        if (config.exitOnOutOfMemory()) {
            flags.add("-XX:+ExitOnOutOfMemoryError");
        }
        if (config.javaHome() != null) {
            flags.add("-XX:+IgnoreUnrecognizedVMOptions");
        } else {
            addProvider(flags);
        }
        if (config.debugPort() > 0) {
            flags.add("-agentlib:jdwp=transport=dt_socket,server=y,suspend="
                    + (config.debugSuspend() ? "y" : "n")
                    + ",address=localhost:" + (config.debugPort() + seat));
        }
        flags.addAll(config.jvmArgs());
        return flags;
    }

    /// The young generation is as large as the JVM's own rules make it, the old one begins small:
    /// it never shrinks below what it began with, and by default that is hundreds of megabytes. So
    /// what a large value took is given back to the system, by one collection and not by four.
    private void addGenerations(List<String> flags) {
        flags.add("-XX:-ShrinkHeapInSteps");
        if (heap >= SMALL && !userSays(HEAP) && !userSays(GENERATIONS)) {
            long young = Math.min(memory / FIRST_SHARE, heap) / 3 / MIB;
            flags.add("-XX:NewSize=" + young + "m");
            flags.add("-XX:InitialHeapSize=" + (young + FIRST_OLD) + "m");
        }
    }

    /// The quick compiler waits for three times as many calls of a method as it does by default
    /// (200, 100 and 2000). A JVM calls hundreds of methods some hundred times while it starts, and
    /// compiles them on the core of the other worker, most of them for nothing. The thresholds of
    /// the other compiler are the JVM's own.
    ///
    /// A method of the JDK that hashes the names in each jar's directory is compiled a hundred
    /// times later: on most processors (x86 with AVX2) fully compiled code does not call it, but
    /// does that itself. To compile it took the other compiler longer than all else at a start,
    /// wherever the class path has some hundred classes.
    ///
    /// A loop is compiled after 80,000 turns rather than 60,000, half a millisecond later: at its
    /// start a JDK reads a file of 72,000 characters once, one by one, and what it compiled to do
    /// so was a tenth of all that was compiled until a worker's two thousandth item.
    private static void addThresholds(List<String> flags) {
        flags.add("-XX:Tier3InvocationThreshold=600");
        flags.add("-XX:Tier3MinInvocationThreshold=300");
        flags.add("-XX:Tier3CompileThreshold=3000");
        flags.add("-XX:Tier3BackEdgeThreshold=80000");
        flags.add("-XX:CompileCommand=quiet");
        flags.add("-XX:CompileCommand=CompileThresholdScaling,"
                + "jdk.internal.util.ArraysSupport::unsignedHashCode,100.0");
    }

    /// The archive of classes is mapped where it was made for. By default the JVM maps it somewhere
    /// at random and changes each pointer in it: a twentieth of a start, and megabytes that workers
    /// then do not share. Where code, heaps, stacks and libraries are stays random.
    ///
    /// A cache of ours has no profiles of methods. A JVM that is not told so has a thread look for
    /// some at each class that it loads, and compiles by rules that expect them.
    ///
    /// A flag for diagnosis may be gone from one JDK to the next: only those get it that have it,
    /// or ignore what they do not know.
    private void addArchive(List<String> flags) {
        if (Runtime.version().feature() == KNOWN_JDK || config.javaHome() != null) {
            flags.add("-XX:+UnlockDiagnosticVMOptions");
            flags.add("-XX:ArchiveRelocationMode=0");
            if (!userSays(CACHE)) {
                flags.add("-XX:-AOTReplayTraining");
            }
        }
    }

    /// The JDK looks through the whole class path for another provider of sockets, 5 ms and more of
    /// each start; what this JVM has found, a worker would find, too.
    private static void addProvider(List<String> flags) {
        var provider = SelectorProvider.provider().getClass();
        if (provider.getClassLoader() == null) {
            flags.add("-D" + SelectorProvider.class.getName() + "=" + provider.getName());
        }
    }

    private boolean userSays(Pattern flag) {
        for (var arg : config.jvmArgs()) {
            if (flag.matcher(arg).matches()) {
                return true;
            }
        }
        return false;
    }
}
