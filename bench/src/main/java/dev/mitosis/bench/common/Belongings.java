package dev.mitosis.bench.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What this JVM and its pools have at one moment.
///
/// @param workers the processes of its pools
/// @param threads the library's threads
/// @param descriptors the sockets and files that a pool may have opened
/// @param files the folders of its pools
public record Belongings(
        List<String> workers, List<String> threads, List<String> descriptors, List<String> files) {
    private static final long SELF = ProcessHandle.current().pid();
    private static final String SHARED_MEMORY = "/dev/shm";
    private static final String TEMPORARY = System.getProperty("java.io.tmpdir");

    /// Copies the lists.
    public Belongings {
        workers = List.copyOf(workers);
        threads = List.copyOf(threads);
        descriptors = List.copyOf(descriptors);
        files = List.copyOf(files);
    }

    /// {@return what this JVM has now}
    public static Belongings now() {
        return new Belongings(
                Processes.workersOf(SELF).stream().map(Processes::describe).toList(),
                ourThreads(), openOnes(), foldersOf(SELF));
    }

    /// {@return what there is now and was not there before, in words}
    ///
    /// @param before what there was before
    public List<String> beyond(Belongings before) {
        var more = new ArrayList<String>(without(workers, before.workers));
        without(threads, before.threads).forEach(thread -> more.add("thread " + thread));
        if (descriptors.size() > before.descriptors.size()) {
            without(descriptors, before.descriptors).forEach(one -> more.add("descriptor " + one));
        }
        without(files, before.files).forEach(file -> more.add("folder " + file));
        return more;
    }

    private static List<String> without(Collection<String> all, Collection<String> those) {
        return all.stream().filter(one -> !those.contains(one)).toList();
    }

    private static List<String> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("mitosis-"))
                .map(thread -> thread.getName() + " #" + thread.threadId())
                .sorted()
                .toList();
    }

    /// Only what a pool may have opened: the JVM itself opens jars and the like at any time.
    private static List<String> openOnes() {
        return list("/proc/self/fd").stream()
                .map(Belongings::targetOf)
                .filter(Belongings::isOfPools)
                .toList();
    }

    private static boolean isOfPools(String target) {
        return target.startsWith("socket:") || target.startsWith(SHARED_MEMORY + "/")
                || target.startsWith(TEMPORARY + "/mitosis");
    }

    /// {@return the folders that a JVM made for its pools, and that still exist}
    ///
    /// @param owner the process of that JVM
    public static List<String> foldersOf(long owner) {
        var folders = new TreeSet<String>();
        for (var parent : List.of(SHARED_MEMORY, TEMPORARY)) {
            list(parent).stream()
                    .filter(path -> path.getFileName().toString()
                            .startsWith("mitosis-" + owner + "-"))
                    .forEach(path -> folders.add(path.toString()));
        }
        return List.copyOf(folders);
    }

    private static List<Path> list(String folder) {
        try (Stream<Path> entries = Files.list(Path.of(folder))) {
            return entries.toList();
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
