package dev.mitosis.cluster;

import dev.mitosis.internal.node.Node;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The main of a pool's host on a node: connects to the agent, and runs what that hands on.
///
/// It ends when its socket does, or the engine's process, whatever it is doing: a thread of its own
/// watches each. Its workers end with it, as those of any parent do.
public final class HostMain {
    private static final String TOKEN_IS_MISSING = "a host is started by an agent, not by hand";

    private HostMain() {}

    /// Runs until the agent is gone.
    ///
    /// @param args the file with the workers' configuration; the rest comes by standard input,
    ///     where others cannot read it
    /// @throws IOException if the agent cannot be reached
    @SuppressWarnings("CatchAndPrintStackTrace")
    public static void main(String[] args) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var token = in.readLine();
        var socket = in.readLine();
        if (args.length != 1 || token == null || socket == null) {
            throw new IllegalArgumentException(TOKEN_IS_MISSING);
        }
        ProcessHandle.current().parent().ifPresentOrElse(HostMain::endWith, HostMain::end);
        try {
            run(token, socket, Files.readAllBytes(Path.of(args[0])));
        } catch (Throwable e) {
            e.printStackTrace(); // the agent passes on what a host has printed last
        } finally {
            end();
        }
    }

    private static void endWith(ProcessHandle parent) {
        var _ = parent.onExit().thenRun(HostMain::end);
    }

    /// Not exit: what user code has left behind must not keep this process.
    private static void end() {
        Runtime.getRuntime().halt(0);
    }

    private static void run(String token, String socket, byte[] config) throws IOException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            var hello = new DataOutputStream(Channels.newOutputStream(channel));
            byte[] text = token.getBytes(StandardCharsets.UTF_8);
            hello.writeInt(text.length);
            hello.write(text);
            try (var node = Node.open(config)) {
                new HostLoop(channel, node).run();
            }
        }
    }
}
