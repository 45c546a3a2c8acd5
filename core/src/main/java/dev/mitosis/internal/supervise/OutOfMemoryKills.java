package dev.mitosis.internal.supervise;

import dev.mitosis.internal.launch.Cgroup;
import dev.mitosis.internal.launch.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How often the kernel has killed a process of this container for want of memory, as its control
/// group counts; owned by the supervisor's thread.
final class OutOfMemoryKills {
    private static final String COUNTER = "oom_kill ";

    private final @Nullable Path events;
    private long known;

    private OutOfMemoryKills(@Nullable Path events) {
        this.events = events;
        this.known = count();
    }

    static OutOfMemoryKills here() {
        return of(Machine.here().cgroup());
    }

    static OutOfMemoryKills of(@Nullable Cgroup cgroup) {
        return new OutOfMemoryKills(cgroup == null ? null : cgroup.events());
    }

    /// {@return how many there were since this was asked last, as far as that is known}
    long news() {
        long before = known;
        known = count();
        return known - before;
    }

    private long count() {
        if (events == null) {
            return 0;
        }
        try {
            for (var line : Files.readAllLines(events)) {
                if (line.startsWith(COUNTER)) {
                    return Long.parseLong(line.substring(COUNTER.length()).strip());
                }
            }
        } catch (IOException | NumberFormatException e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.DEBUG, "a control group", e);
        }
        return 0;
    }
}
