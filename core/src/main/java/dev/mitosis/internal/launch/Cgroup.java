package dev.mitosis.internal.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The control group that bounds this process's memory, in either version of Linux's interface.
///
/// @param version 1 or 2
/// @param folder where its files are
/// @param limit the memory limit in bytes that holds here, also that of a group around it;
///         [Long#MAX_VALUE] if there is none
public record Cgroup(int version, Path folder, long limit) {
    // Version 1 says "none" with a number near the largest one, rounded down to a page.
    private static final long NONE = Long.MAX_VALUE >> 1;

    /// {@return the file that says how many bytes are in use}
    public Path current() {
        return folder.resolve(version == 2 ? "memory.current" : "memory.usage_in_bytes");
    }

    /// {@return the file that counts how often the limit was hit: `oom_kill` is in it}
    public Path events() {
        return folder.resolve(version == 2 ? "memory.events" : "memory.oom_control");
    }

    /// Returns the group of this process, or null if there is none that accounts for memory.
    ///
    /// @param root the root of the file system, `/` but for tests
    static @Nullable Cgroup of(Path root) {
        var mounts = lines(root.resolve("proc/self/mountinfo"));
        String unified = null;
        for (var line : lines(root.resolve("proc/self/cgroup"))) {
            var fields = line.split(":", 3);
            if (fields.length == 3 && hasMemory(fields[1])) {
                return at(1, root, fields[2], mount(mounts, "cgroup"));
            }
            unified = line.startsWith("0::") ? line.substring(3) : unified;
        }
        return unified == null ? null : at(2, root, unified, mount(mounts, "cgroup2"));
    }

    private static boolean hasMemory(String options) {
        return List.of(options.split(",", -1)).contains("memory");
    }

    private record Mount(String of, String at) {}

    /// A line reads `36 35 98:0 /of /at options... - type device options`.
    private static @Nullable Mount mount(List<String> mounts, String type) {
        for (var line : mounts) {
            var halves = line.split(" - ", 2);
            var place = halves[0].split(" ", -1);
            var kind = halves.length < 2 ? new String[0] : halves[1].split(" ", -1);
            if (kind.length > 2 && place.length > 4 && kind[0].equals(type)
                    && (type.equals("cgroup2") || hasMemory(kind[2]))) {
                return new Mount(place[3], place[4]);
            }
        }
        return null;
    }

    private static @Nullable Cgroup at(
            int version, Path root, String group, @Nullable Mount mount) {
        if (mount == null) {
            return null;
        }
        var top = root.resolve(mount.at.substring(1));
        // A container may see its own group as the root, but be told its name outside.
        var inside = group.startsWith(mount.of) ? group.substring(mount.of.length()) : group;
        var folder = top.resolve(inside.replaceFirst("^/+", ""));
        var present = Files.isDirectory(folder) ? folder : top;
        long limit = Long.MAX_VALUE;
        for (var up = present; up != null && up.startsWith(top); up = up.getParent()) {
            limit = Math.min(limit, limit(version, up));
        }
        return new Cgroup(version, present, limit);
    }

    private static long limit(int version, Path folder) {
        var text = lines(folder.resolve(version == 2 ? "memory.max" : "memory.limit_in_bytes"));
        if (text.isEmpty() || text.getFirst().isEmpty() || text.getFirst().equals("max")) {
            return Long.MAX_VALUE;
        }
        long bytes = Long.parseLong(text.getFirst());
        return bytes > NONE ? Long.MAX_VALUE : bytes;
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            // not this system, or hidden from us: then nothing is known
            return List.of();
        }
    }
}
