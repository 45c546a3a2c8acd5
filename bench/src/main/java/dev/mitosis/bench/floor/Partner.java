package dev.mitosis.bench.floor;

import dev.mitosis.bench.common.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Another JVM, and what connects this one with it; closing ends and deletes both.
public final class Partner implements AutoCloseable {
    /// The bytes of a message through the socket.
    static final int MESSAGE = 64;

    private static final Path MEMORY = Path.of("/dev/shm");

    private final Path folder;
    private final Process process;
    private final MappedRing[] rings;
    private final SocketChannel socket;

    private Partner(Path folder, Process process, MappedRing[] rings, SocketChannel socket) {
        this.folder = folder;
        this.process = process;
        this.rings = rings;
        this.socket = socket;
    }

    /// Starts a process that is connected both ways.
    ///
    /// @param role `ring` or `socket`
    /// @return the partner
    /// @throws IOException if it cannot be started
    public static Partner start(String role) throws IOException {
        var folder = Files.isDirectory(MEMORY)
                ? Files.createTempDirectory(MEMORY, "floor") : Files.createTempDirectory("floor");
        var rings = MappedRing.pair(folder.resolve(PartnerMain.RING));
        var file = folder.resolve(role).toString();
        if (role.equals(PartnerMain.RING)) {
            return new Partner(folder, launch(role, file), rings, SocketChannel.open());
        }
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(file));
            var process = launch(role, file);
            // Guard against a process that ends before: this would wait for ever.
            var _ = process.onExit().thenRun(() -> stopAccepting(server));
            return new Partner(folder, process, rings, server.accept());
        }
    }

    private static void stopAccepting(ServerSocketChannel server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts a JVM whose main does nothing, and waits for its end.
    ///
    /// @throws IOException if it cannot be started
    /// @throws InterruptedException if this thread is interrupted
    public static void emptyMain() throws IOException, InterruptedException {
        if (launch().waitFor() != 0) {
            throw new IOException("an empty main failed");
        }
    }

    private static Process launch(String... args) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "-XX:+UseSerialGC",
                "-cp", System.getProperty("java.class.path"), PartnerMain.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /// {@return the ring to write}
    public MappedRing there() {
        return rings[0];
    }

    /// {@return the ring to read}
    public MappedRing back() {
        return rings[1];
    }

    /// Sends a message through the socket and waits until it is back.
    ///
    /// @param message of 64 bytes
    /// @throws IOException if the other side is gone
    public void echo(ByteBuffer message) throws IOException {
        message.clear();
        while (message.hasRemaining()) {
            socket.write(message);
        }
        message.clear();
        while (message.hasRemaining()) {
            if (socket.read(message) < 0) {
                throw new IOException("the other process has ended");
            }
        }
    }

    /// Stops the process until [#resume()]: it spins, and would take a core from others.
    public void pause() {
        Processes.signal("STOP", process.pid());
    }

    /// Lets the process go on.
    public void resume() {
        Processes.signal("CONT", process.pid());
    }

    /// {@return whether the process lives}
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().join();
        socket.close();
        for (var file : List.of(PartnerMain.RING, PartnerMain.SOCKET)) {
            Files.deleteIfExists(folder.resolve(file));
        }
        Files.delete(folder);
    }
}
