package dev.mitosis.agent;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Scanner;

/// A program that stands in for a host: answers each work with its process and its file, until the agent closes the
/// socket.
final class StandIn {
    private StandIn() {}

    /// {@return how it is started, as a host of any pool}
    static Spec spec() {
        return new Spec(17, "", List.of(), List.of("-Xbootclasspath/a:" + System.getProperty("java.class.path"),
                "-Xmx64m", "-XX:+UseSerialGC"), StandIn.class.getName(), new byte[] {1}, 60);
    }

    public static void main(String... args) throws IOException {
        var in = new Scanner(System.in, "UTF-8");
        byte[] token = in.nextLine().getBytes("UTF-8");
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(in.nextLine()))) {
            var out = new DataOutputStream(Channels.newOutputStream(channel));
            Wire.writeArray(out, token);
            answer(new DataInputStream(Channels.newInputStream(channel)), out, args[0]);
        } catch (EOFException e) {
            // the agent is through with it
        }
    }

    private static void answer(DataInputStream in, DataOutputStream out, String file) throws IOException {
        byte[] answer = (ProcessHandle.current().pid() + " " + file).getBytes("UTF-8");
        while (true) {
            byte kind = in.readByte();
            int id = in.readInt();
            if (kind == HostLink.RUN) {
                Wire.readArray(in, new byte[0]); // names of files
                Wire.readArray(in, new byte[0]);
                out.writeInt(id);
                Wire.writeArray(out, answer);
            }
        }
    }
}
