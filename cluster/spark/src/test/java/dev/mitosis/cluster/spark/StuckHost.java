package dev.mitosis.cluster.spark;

import dev.mitosis.agent.Frame;
import dev.mitosis.agent.Hash;
import dev.mitosis.agent.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;

/// A frame that keeps a node busy: its host is started, and never connects.
///
/// The home of its JDK holds a script in the place of `java`, which tells its own number through a named pipe and then
/// waits for good. The agent waits for it as it does for any host, so that the frame ends only if it is interrupted
/// there, or if the executor dies.
final class StuckHost implements AutoCloseable {
    private final Path home;
    private final Path pipe;
    private final byte[] frame;
    private ProcessHandle script; // set by begun

    StuckHost() throws IOException, InterruptedException {
        home = Files.createTempDirectory("stuck-host");
        pipe = home.resolve("pipe");
        if (new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor() != 0) {
            throw new IOException("no named pipe could be made");
        }
        var java = Files.createDirectory(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho $$ > " + pipe + "\nexec sleep 600\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25\"\n");

        var spec = new Spec(25, home.toString(), List.of(), List.of(), "none", new byte[0], 60).toBytes();
        var hash = Hash.of(spec);
        frame = new Frame(Frame.Kind.RUN, UUID.randomUUID().toString(), hash, List.of(),
                List.of(new Frame.Blob(hash, spec)), List.of()).toBytes();
    }

    byte[] frame() {
        return frame;
    }

    /// Waits until it has been started.
    ///
    /// @return the script's process
    ProcessHandle begun() throws IOException {
        script = ProcessHandle.of(Long.parseLong(Files.readString(pipe).strip())).orElseThrow();
        return script;
    }

    /// Waits until it has been started.
    ///
    /// @return the process of the executor that has started it
    ProcessHandle executor() throws IOException {
        return begun().parent().orElseThrow();
    }

    /// Ends the script, if nobody has done so, and deletes it.
    @Override
    public void close() throws IOException {
        if (script != null) {
            script.destroyForcibly();
        }
        for (var file : List.of("bin/java", "bin", "release", "pipe", "")) {
            Files.deleteIfExists(home.resolve(file));
        }
    }
}
