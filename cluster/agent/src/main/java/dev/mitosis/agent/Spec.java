package dev.mitosis.agent;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// How the hosts of one pool are started: the same on each node.
///
/// @param feature which Java they need, at least
/// @param javaHome where it is, or empty to look for it
/// @param classPath what they, and their workers, find classes in
/// @param flags flags of their JVM, which their workers copy
/// @param main their main class
/// @param config how their workers are made; the host reads it
/// @param idleSeconds after so long without work a host ends
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Spec(
        int feature, String javaHome, List<Entry> classPath, List<String> flags, String main,
        byte[] config, int idleSeconds) {
    /// An entry of a class path: a jar.
    ///
    /// @param hash its content
    /// @param name its file name, to find it where it lies already
    /// @param size how many bytes it has
    public record Entry(String hash, String name, long size) {
        private void write(DataOutput out) throws IOException {
            Wire.writeText(out, hash);
            Wire.writeText(out, name);
            out.writeLong(size);
        }

        private static Entry read(ByteBuffer in) throws IOException {
            return new Entry(Wire.readText(in), Wire.readText(in), in.getLong());
        }
    }

    /// Copies the lists.
    public Spec {
        classPath = List.copyOf(classPath);
        flags = List.copyOf(flags);
    }

    /// {@return the bytes that travel}
    public byte[] toBytes() {
        return Wire.bytes(this::write);
    }

    private void write(DataOutput out) throws IOException {
        out.writeInt(feature);
        Wire.writeText(out, javaHome);
        out.writeInt(classPath.size());
        for (var entry : classPath) {
            entry.write(out);
        }
        Wire.writeTexts(out, flags);
        Wire.writeText(out, main);
        Wire.writeArray(out, config);
        out.writeInt(idleSeconds);
    }

    /// Reads a specification.
    ///
    /// @param bytes what [#toBytes] returned
    /// @return the specification
    /// @throws IOException if it is none
    public static Spec of(byte[] bytes) throws IOException {
        return Wire.read(ByteBuffer.wrap(bytes), in -> new Spec(in.getInt(), Wire.readText(in),
                Wire.readList(in, Entry::read), Wire.readTexts(in), Wire.readText(in),
                Wire.readArray(in), in.getInt()));
    }
}
