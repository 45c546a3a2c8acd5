package dev.mitosis.agent;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The process beside the engine's in which a pool's local workers are managed: one for each pool.
///
/// It connects to a socket that only this user can open, says its token, and runs what it is given
/// over a [HostLink]. It ends when this JVM ends: its socket does, and it watches its parent.
final class Host {
    // A path of a socket has at most 108 bytes, on some systems 104; folders of engines are longer.
    private static final int LONGEST_SOCKET = 100;
    private static final int LINES = 20;
    private static final long START_SECONDS = 60;
    private static final long LEAVE_SECONDS = 5;

    /// A host was not started, this time.
    static final class StartException extends IOException {
        private static final long serialVersionUID = 1;

        StartException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private final Process process;
    private final HostLink link;

    // guarded by itself: what it printed last
    private final ArrayDeque<String> last;

    private Host(Process process, HostLink link, ArrayDeque<String> last) {
        this.process = process;
        this.link = link;
        this.last = last;
    }

    /// Starts a host and waits until it is connected.
    ///
    /// @param session the pool's token, which it must say
    /// @param spec how to start it
    /// @param classPath the files of its class path
    /// @param folder where its socket is to be
    /// @throws StartException if it does not start: says what it printed
    /// @throws IOException if this node can never start one
    static Host start(String session, Spec spec, List<Path> classPath, Path folder)
            throws IOException, InterruptedException {
        var java = JavaSearch.find(spec);
        try {
            var place = Files.createTempDirectory(folder, "host");
            try {
                return start(session, command(java, spec, classPath, place), place);
            } finally {
                forget(place); // it has read its files before it connects, or never will
            }
        } catch (StartException e) {
            throw e;
        } catch (IOException e) { // of the file system, or of the system that starts processes
            throw notStarted(e.toString(), e);
        }
    }

    private static void forget(Path place) {
        try {
            NodeFolder.delete(place);
        } catch (IOException e) {
            // it goes with the folder that it is in
        }
    }

    private static StartException notStarted(String why, Exception cause) {
        return new StartException("the host of a pool could not be started on "
                + NodeFacts.here().machine() + ": " + why, cause);
    }

    private static Host start(String session, ProcessBuilder command, Path place)
            throws IOException, InterruptedException {
        var socket = socket(place);
        try (var server = HostLink.listen(socket)) {
            var process = command.start();
            try (var in = process.getOutputStream()) {
                // not in its arguments, which other users can read
                in.write((session + "\n" + socket + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // it has ended already: found out below
            }
            return connected(server, process, session);
        } finally {
            Files.deleteIfExists(socket);
            if (!socket.startsWith(place)) {
                Files.deleteIfExists(socket.getParent());
            }
        }
    }

    private static Host connected(ServerSocketChannel server, Process process, String session)
            throws IOException, InterruptedException {
        var last = new ArrayDeque<String>();
        boolean connected = false;
        try {
            Thread reader = daemon("mitosis-host-output", () -> print(process, last));
            try {
                var host = new Host(process, new HostLink(accept(server, process, session)), last);
                connected = true;
                return host;
            } catch (IOException | RuntimeException e) {
                process.toHandle().destroyForcibly(); // leaves what it printed to be read
                reader.join(1_000);
                throw notStarted(e.getMessage() + printed(last), e);
            }
        } finally {
            if (!connected) { // an interrupt, or no thread could be started
                process.toHandle().destroyForcibly();
            }
        }
    }

    /// {@return where the socket is to be: in the place of the host, or in a folder of its own}
    static Path socket(Path place) throws IOException {
        var socket = place.resolve("socket");
        int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
        return length <= LONGEST_SOCKET ? socket
                : Files.createTempDirectory(Path.of("/tmp"), "mitosis-host").resolve("socket");
    }

    private static ProcessBuilder command(
            Path java, Spec spec, List<Path> classPath, Path place) throws IOException {
        var lines = new ArrayList<String>(spec.flags());
        lines.add("-cp");
        lines.add(classPath.stream().map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)));
        lines.add(spec.main());
        var file = place.resolve("arguments");
        Files.write(file, lines.stream().map(Host::quoted).toList());
        var config = place.resolve("config");
        Files.write(config, spec.config());
        return new ProcessBuilder(java.toString(), "@" + file, config.toString())
                .redirectErrorStream(true);
    }

    private static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static SocketChannel accept(ServerSocketChannel server, Process process, String token)
            throws IOException, InterruptedException {
        var connected = new CompletableFuture<SocketChannel>();
        CompletableFuture<SocketChannel> ended = process.onExit().thenApply(gone -> {
            throw new IllegalStateException(
                    "it ended with code " + gone.exitValue() + " before it was connected");
        });
        daemon("mitosis-host-accept", () -> accept(server, token, connected));
        try {
            return connected.applyToEither(ended, channel -> channel)
                    .get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            var why = e.getCause() == null ? e : e.getCause();
            throw new IOException(why.getMessage(), why);
        } catch (TimeoutException e) {
            throw new IOException("it did not connect within " + START_SECONDS + " s", e);
        }
    }

    private static void accept(ServerSocketChannel server, String token,
            CompletableFuture<SocketChannel> connected) {
        try {
            connected.complete(HostLink.accept(server, token));
        } catch (IOException e) {
            connected.completeExceptionally(e);
        }
    }

    private static void print(Process process, ArrayDeque<String> last) {
        try (var lines = new BufferedReader(new InputStreamReader(
                process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line; (line = lines.readLine()) != null; ) {
                System.err.println("[mitosis " + process.pid() + "] " + line);
                synchronized (last) {
                    if (last.size() == LINES) {
                        last.removeFirst();
                    }
                    last.addLast(line);
                }
            }
        } catch (IOException e) {
            // it has ended
        }
    }

    private static String printed(ArrayDeque<String> last) {
        synchronized (last) {
            return last.isEmpty() ? "; it printed nothing"
                    : "; it printed last:\n  " + String.join("\n  ", last);
        }
    }

    private static Thread daemon(String name, Runnable run) {
        var thread = new Thread(run, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    boolean isAlive() {
        return process.isAlive() && link.isOpen();
    }

    HostLink link() {
        return link;
    }

    /// {@return why it is gone, in words; waits a moment for its exit}
    String obituary() throws InterruptedException {
        boolean ended = process.waitFor(LEAVE_SECONDS, TimeUnit.SECONDS);
        return "the host of the pool, process " + process.pid() + " on "
                + NodeFacts.here().machine() + ", "
                + (ended ? "ended with code " + process.exitValue() : "has closed its socket")
                + printed(last);
    }

    /// Ends it: its socket is closed, and if that is not enough, it is killed.
    void end() {
        link.close();
        daemon("mitosis-host-end", this::awaitEnd);
    }

    /// Ends it if it has had nothing to do for longer than that.
    ///
    /// @return whether it did
    boolean endIfIdle(long nanos) {
        if (!link.closeIfIdle(nanos)) {
            return false;
        }
        daemon("mitosis-host-end", this::awaitEnd);
        return true;
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(LEAVE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
