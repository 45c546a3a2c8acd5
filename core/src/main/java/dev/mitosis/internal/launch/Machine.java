package dev.mitosis.internal.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What this machine or container offers, and what follows from it for a pool.
///
/// @param processors how many processors this JVM may use
/// @param memory the physical memory in bytes, or a guess where the system does not tell
/// @param cgroup the control group around this process, if one accounts for memory
/// @param shared the shared-memory file system
/// @param temp the temp folder
/// @param container whether this looks like a container
public record Machine(int processors, long memory, @Nullable Cgroup cgroup, SharedMemory shared,
        Path temp, boolean container) {

    private static final long MIB = 1L << 20;
    private static final long LEAST_HEAP = 64 * MIB;
    // above it pointers double in size, so that more heap holds less
    private static final long MOST_HEAP = 31L << 30;
    private static final long WORKER_NEEDS = 256 * MIB;

    /// A file system in memory, where two processes can map the same file.
    ///
    /// @param folder where it is
    /// @param size its size in bytes, 0 if there is none
    /// @param free how many bytes are free
    /// @param noexec whether programs there cannot be run, which does no harm here
    public record SharedMemory(Path folder, long size, long free, boolean noexec) {
        static SharedMemory of(Path root) {
            var folder = root.resolve("dev/shm");
            try {
                var store = Files.getFileStore(folder);
                return new SharedMemory(
                        folder, store.getTotalSpace(), store.getUsableSpace(), noexec(root));
            } catch (IOException e) {
                return new SharedMemory(folder, 0, 0, false);
            }
        }

        private static boolean noexec(Path root) {
            for (var line : Cgroup.lines(root.resolve("proc/mounts"))) {
                var fields = line.split(" ", -1);
                if (fields.length > 3 && fields[1].equals("/dev/shm")) {
                    return List.of(fields[3].split(",", -1)).contains("noexec");
                }
            }
            return false;
        }
    }

    /// {@return the machine as it is now}
    public static Machine here() {
        return at(Path.of("/"));
    }

    static Machine at(Path root) {
        boolean container = Files.exists(root.resolve(".dockerenv"))
                || Files.exists(root.resolve("run/.containerenv"))
                || System.getenv("KUBERNETES_SERVICE_HOST") != null;
        return new Machine(Runtime.getRuntime().availableProcessors(), memory(root),
                Cgroup.of(root), SharedMemory.of(root),
                tempFolder(), container);
    }

    /// {@return the temp folder of this process}
    static Path tempFolder() {
        return Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    }

    private static long memory(Path root) {
        for (var line : Cgroup.lines(root.resolve("proc/meminfo"))) {
            if (line.startsWith("MemTotal:") && line.endsWith("kB")) {
                return Long.parseLong(line.substring(9, line.length() - 2).strip()) << 10;
            }
        }
        // A JVM takes a quarter of the memory for its heap if nobody says otherwise.
        return Runtime.getRuntime().maxMemory() * 4;
    }

    /// {@return the bytes of memory that all processes here have together}
    public long memoryLimit() {
        return cgroup == null ? memory : Math.min(memory, cgroup.limit());
    }

    /// {@return as many workers as processors, fewer if memory does not carry them, at least 1}
    public int defaultWorkers() {
        long carried = memoryLimit() / WORKER_NEEDS - 1;
        return (int) Math.max(1, Math.min(processors, carried));
    }

    /// Returns the maximum heap of each worker: three quarters of an equal share of the memory that
    /// is left, where this JVM counts as one more worker. The last quarter is for what a JVM needs
    /// besides its heap.
    ///
    /// @param taken what other pools of this JVM have taken, bytes
    /// @param workers how many workers there are
    /// @return bytes, whole mebibytes
    public long heapSlice(long taken, int workers) {
        long slice = (memoryLimit() - taken) / (workers + 1L) / 4 * 3;
        return Math.clamp(slice, LEAST_HEAP, MOST_HEAP) / MIB * MIB;
    }

    /// {@return all this for people, a line each}
    public String describe() {
        var limit = cgroup == null || cgroup.limit() == Long.MAX_VALUE ? "none"
                : mib(cgroup.limit()) + ", cgroup version " + cgroup.version();
        return """
                processors   %d
                memory       %s
                limit        %s
                container    %s
                %-12s %s, %s free%s
                temp folder  %s
                JDK          %s, %s, %s
                workers      %d by default, each with a heap of %s
                """.formatted(processors, mib(memory), limit, container ? "yes" : "no",
                shared.folder(), mib(shared.size()), mib(shared.free()),
                shared.noexec() ? ", noexec" : "", temp, Runtime.version(),
                System.getProperty("java.vendor"), System.getProperty("java.home"),
                defaultWorkers(), mib(heapSlice(0, defaultWorkers())));
    }

    private static String mib(long bytes) {
        return bytes / MIB + " MiB";
    }
}
