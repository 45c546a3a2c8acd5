package dev.mitosis.cluster;

import dev.mitosis.PoolConfig;
import dev.mitosis.agent.Frame;
import dev.mitosis.agent.Frame.Kind;
import dev.mitosis.agent.Spec;
import dev.mitosis.internal.launch.ShippedCode;
import dev.mitosis.internal.node.NodeConfig;
import dev.mitosis.internal.node.Work;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One pool on a cluster, as its nodes know it: a token, and how its hosts are started.
///
/// @param token 128 random bits
/// @param spec the hash of the [Spec]
/// @param loose finds classes that are in no file
/// @param shelved hashes of what it has put on the shelf
record Session(String token, String spec, LooseClasses loose, List<String> shelved) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TOKEN_BYTES = 16;

    // of a host, whose workers have their own: it holds frames and answers
    private static final List<String> FLAGS =
            List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:-UsePerfData",
                    "-XX:+ExitOnOutOfMemoryError"); // what it holds is then lost, and told to be

    /// Copies the list.
    Session {
        shelved = List.copyOf(shelved);
    }

    /// Makes a session, and puts all that its nodes may ask for on the shelf.
    ///
    /// @param workers how many workers a node has
    static Session of(PoolConfig config, ClusterSettings settings, int workers, Shelf shelf) {
        try {
            var code = ShippedCode.of(config, Thread.currentThread().getContextClassLoader(),
                    Path.of(System.getProperty("java.io.tmpdir")));
            var loose = new LooseClasses(code.classPath());
            byte[] made = NodeConfig.of(config, workers).toBytes();
            var entries = new ArrayList<>(shelf.entries(code.classPath()));
            var shelved = new ArrayList<String>();
            byte[] jar = loose.of(loader(config), made);
            if (jar != null) {
                shelved.add(shelf.put(jar));
                entries.add(new Spec.Entry(shelved.getFirst(), "loose.jar", jar.length));
            }
            var spec = new Spec(Runtime.version().feature(), settings.nodeJavaHome(),
                    entries, flags(code.flags()), HostMain.class.getName(), made,
                    Math.clamp(settings.hostIdle().toSeconds(), 1, Integer.MAX_VALUE));
            var hash = shelf.put(spec.toBytes());
            shelved.add(hash);
            return new Session(newToken(), hash, loose, shelved);
        } catch (IOException e) {
            throw new ClusterException("the class path cannot be sent to the nodes: "
                    + e.getMessage(), e);
        }
    }

    /// {@return what finds the classes of the functions that workers begin and end with}
    private static @Nullable ClassLoader loader(PoolConfig config) {
        var first = config.initializer() == null ? config.finalizer() : config.initializer();
        return first == null ? null : first.getClass().getClassLoader();
    }

    private static List<String> flags(List<String> own) {
        return Stream.concat(own.stream(), FLAGS.stream()).toList();
    }

    private static String newToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    Frame hello() {
        return Frame.of(Kind.HELLO, token);
    }

    Frame end() {
        return Frame.of(Kind.END, token);
    }

    Frame run(Work work) {
        var bytes = work.toBytes().pieces().stream()
                .map(piece -> ByteBuffer.wrap(piece.array(), piece.offset(), piece.length()))
                .toList();
        return new Frame(Kind.RUN, token, spec, work.needed(), List.of(), bytes);
    }
}
