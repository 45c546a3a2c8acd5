package dev.mitosis.cli;

import dev.mitosis.internal.launch.Machine;
import java.util.ArrayList;
import java.util.List;

/// What works less well on this system than elsewhere, each with the cure if there is one.
///
/// @param machine what the pool sees
/// @param system the name of the operating system
record Weaknesses(Machine machine, String system) {
    private static final long MIB = 1L << 20;
    private static final long WANTED_SHARED_MEMORY = 64 * MIB;

    List<String> list() {
        var all = new ArrayList<String>();
        if (!system.equals("Linux")) {
            all.add(system + " has no /dev/shm: workers are linked by files in the temp folder");
            all.add(system + " does not tell resident memory: recycling by size and memory limits"
                    + " are off");
            all.add("processes that a worker starts and leaves behind are not found on " + system);
        } else if (machine.shared().free() < WANTED_SHARED_MEMORY) {
            all.add(machine.shared().folder() + " has " + machine.shared().free() / MIB + " of the "
                    + WANTED_SHARED_MEMORY / MIB + " MiB that a pool wants: workers are linked by"
                    + " files in the temp folder"
                    + (machine.container() ? " (docker run --shm-size=1g gives more)" : ""));
        }
        if (machine.defaultWorkers() < machine.processors()) {
            all.add("memory carries " + machine.defaultWorkers() + " workers, fewer than the "
                    + machine.processors() + " processors: --heap and --workers choose otherwise");
        }
        return all;
    }
}
