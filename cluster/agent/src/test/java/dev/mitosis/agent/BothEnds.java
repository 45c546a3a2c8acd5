package dev.mitosis.agent;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program that plays both agent and host on one socket, and prints what the host has answered to three works.
final class BothEnds {
    private static final String TOKEN = "token";

    private BothEnds() {}

    public static void main(String... args) throws Exception {
        var folder = Files.createTempDirectory("both-ends");
        var socket = folder.resolve("socket");
        try (var server = HostLink.listen(socket); var host = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            var hello = ByteBuffer.allocate(Integer.BYTES + TOKEN.length());
            hello.putInt(TOKEN.length()).put(TOKEN.getBytes("US-ASCII")).flip();
            host.write(hello);
            var link = new HostLink(HostLink.accept(server, TOKEN));
            for (byte i = 1; i <= 3; i++) {
                var running = link.run(List.of(ByteBuffer.wrap(new byte[] {i})), List.of());
                answer(host); // reads the work first: what was not written is not answered
                System.out.println(Reply.of(running.answer().get(20, TimeUnit.SECONDS)).body().get());
            }
            link.close();
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(folder);
        }
    }

    private static void answer(SocketChannel host) throws Exception {
        var in = new DataInputStream(Channels.newInputStream(host));
        in.readByte();
        int id = in.readInt();
        Wire.readArray(in, new byte[0]); // names of files
        byte[] work = Wire.readArray(in, new byte[0]);
        var out = new DataOutputStream(Channels.newOutputStream(host));
        out.writeInt(id);
        Wire.writeArray(out, new byte[] {(byte) (10 * work[0])});
    }
}
