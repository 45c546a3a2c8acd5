package dev.mitosis.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/// What a node says of itself when it is greeted.
///
/// @param machine the name of its machine
/// @param pid the engine's process
/// @param java the Java that runs the engine
public record NodeFacts(String machine, long pid, String java) {
    static NodeFacts here() {
        return new NodeFacts(machineName(), ProcessHandle.current().pid(),
                Runtime.version().toString());
    }

    private static String machineName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "a machine without a name";
        }
    }

    byte[] toBytes() {
        return Wire.bytes(out -> {
            Wire.writeText(out, machine);
            out.writeLong(pid);
            Wire.writeText(out, java);
        });
    }

    /// Reads what a node said.
    ///
    /// @param bytes the body of its reply
    /// @return the facts
    /// @throws IOException if it is something else
    public static NodeFacts of(ByteBuffer bytes) throws IOException {
        return Wire.read(bytes, in ->
                new NodeFacts(Wire.readText(in), in.getLong(), Wire.readText(in)));
    }
}
