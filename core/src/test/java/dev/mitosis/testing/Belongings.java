package dev.mitosis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What this JVM and its pools have at one moment.
///
/// @param workers the processes of its pools
/// @param threads the library's threads
/// @param descriptors the sockets and files that a pool may have opened
/// @param files the folders of its pools
public record Belongings(List<Long> workers, Set<String> threads, List<String> descriptors, Set<String> files) {
    // An engine in this JVM opens and closes sockets whenever it likes.
    private static final boolean SOCKETS_OF_OTHERS = Boolean.getBoolean("mitosis.testing.socketsOfOthers");
    private static final long SELF = ProcessHandle.current().pid();
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    /// {@return what this JVM has now}
    public static Belongings now() {
        return new Belongings(
                Processes.workersOf(SELF), ourThreads(), openSockets(), ourFiles());
    }

    /// {@return what there is now and was not there before, in words}
    ///
    /// @param before what there was before
    public List<String> beyond(Belongings before) {
        var more = new ArrayList<String>();
        workers.stream().filter(pid -> !before.workers.contains(pid)).map(Processes::describe).forEach(more::add);
        without(threads, before.threads).forEach(thread -> more.add("thread " + thread));
        if (descriptors.size() > before.descriptors.size()) {
            without(descriptors, before.descriptors).forEach(open -> more.add("descriptor " + open));
        }
        without(files, before.files).forEach(file -> more.add("file " + file));
        return more;
    }

    private static List<String> without(Iterable<String> all, Iterable<String> those) {
        var known = new HashSet<String>();
        those.forEach(known::add);
        var rest = new ArrayList<String>();
        all.forEach(one -> {
            if (!known.contains(one)) {
                rest.add(one);
            }
        });
        return rest;
    }

    private static Set<String> ourThreads() {
        var names = new TreeSet<String>();
        for (var thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("mitosis-")) {
                names.add(thread.getName() + " #" + thread.threadId());
            }
        }
        return names;
    }

    /// Only sockets and files that a pool may have opened: the JVM itself opens jars and the like at any time.
    private static List<String> openSockets() {
        var open = new ArrayList<String>();
        for (var descriptor : list(Path.of("/proc/self/fd"), "*")) {
            var target = targetOf(descriptor);
            if (!SOCKETS_OF_OTHERS && target.startsWith("socket:") || target.startsWith(SHARED_MEMORY + "/")
                    || target.startsWith(TEMPORARY + "/mitosis")) {
                open.add(target);
            }
        }
        return open;
    }

    private static Set<String> ourFiles() {
        var files = new TreeSet<String>();
        for (var folder : List.of(SHARED_MEMORY, TEMPORARY)) {
            list(folder, "mitosis-" + SELF + "-*").forEach(file -> files.add(file.toString()));
        }
        return files;
    }

    private static List<Path> list(Path folder, String glob) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
            var all = new ArrayList<Path>();
            entries.forEach(all::add);
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String targetOf(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // closed in the meantime
        }
    }
}
