package dev.mitosis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// After each test class nothing is left that was not there before it: no worker process, no thread
/// of the library, no socket or file open, no file in memory or in the temporary folder.
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(LeakCheck.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        letTheJdkOpenItsOwn();
        context.getStore(OURS).put("before", Belongings.now());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        var before = context.getStore(OURS).get("before", Belongings.class);
        Eventually.holds(PATIENCE,
                () -> Belongings.now().beyond(before).isEmpty(),
                () -> "left behind by " + context.getDisplayName() + ":\n  "
                        + String.join("\n  ", Belongings.now().beyond(before)));
    }

    /// The JDK opens a pair of sockets of its own when the first socket is used, and keeps it.
    private static void letTheJdkOpenItsOwn() {
        try (var server = ServerSocketChannel.open().bind(new InetSocketAddress("localhost", 0));
                var client = SocketChannel.open(server.getLocalAddress());
                var accepted = server.accept();
                var gate = Gate.create()) {
            if (!client.isConnected() || !accepted.isConnected()) {
                throw new IllegalStateException("no loopback, no " + gate);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What this JVM has at one moment.
    private record Belongings(List<Long> workers, Set<String> threads, List<String> descriptors, Set<String> files) {
        static Belongings now() {
            return new Belongings(
                    Processes.workersOf(ProcessHandle.current().pid()), ourThreads(), openSockets(), ourFiles());
        }

        List<String> beyond(Belongings before) {
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
                if (target.startsWith("socket:") || target.startsWith(SHARED_MEMORY + "/")
                        || target.startsWith(TEMPORARY + "/mitosis")) {
                    open.add(target);
                }
            }
            return open;
        }

        private static Set<String> ourFiles() {
            var files = new TreeSet<String>();
            for (var folder : List.of(SHARED_MEMORY, TEMPORARY)) {
                list(folder, "mitosis-*").forEach(file -> files.add(file.toString()));
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
}
