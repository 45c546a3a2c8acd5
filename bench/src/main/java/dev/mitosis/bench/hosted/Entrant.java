package dev.mitosis.bench.hosted;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Somebody who does some work, in processes of its own.
///
/// @param work the work
/// @param peer [#MITOSIS], or what Python has for it
/// @param times how many operations a worker does in a repetition
record Entrant(Work work, String peer, int times) {
    /// This library.
    static final String MITOSIS = "mitosis";

    /// What `multiprocessing.Manager` serves.
    static final String MANAGER = "manager";

    /// What `multiprocessing` has without a server.
    static final String PRIMITIVE = "multiprocessing";

    /// All, in the order in which they are measured; a repetition takes some tenths of a second.
    static final List<Entrant> ALL = List.of(
            new Entrant(Work.LOCK_CONTENDED, MITOSIS, 1_000_000),
            new Entrant(Work.LOCK_CONTENDED, MANAGER, 5_000),
            new Entrant(Work.LOCK_CONTENDED, PRIMITIVE, 300_000),
            new Entrant(Work.LOCK, MITOSIS, 5_000_000),
            new Entrant(Work.LOCK, MANAGER, 5_000),
            new Entrant(Work.LOCK, PRIMITIVE, 1_000_000),
            new Entrant(Work.QUEUE, MITOSIS, 500_000),
            new Entrant(Work.QUEUE, MANAGER, 10_000),
            new Entrant(Work.QUEUE, PRIMITIVE, 50_000),
            new Entrant(Work.GET_AND_ADD, MITOSIS, 50_000_000),
            new Entrant(Work.COUNTER, MITOSIS, 50_000_000),
            new Entrant(Work.COUNTER, PRIMITIVE, 500_000),
            new Entrant(Work.CALL, MITOSIS, 10_000),
            new Entrant(Work.CALL, MANAGER, 20_000));

    boolean isPython() {
        return !peer.equals(MITOSIS);
    }

    /// {@return what Python says of its version, or nothing where there is none}
    static String python() throws InterruptedException {
        try {
            return run(List.of("python3", "--version")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /// Measures it.
    ///
    /// @param repetitions how often, in the same processes
    /// @param workers how many there are where there may be many
    /// @return the operations a second, one a repetition
    List<Double> rates(int repetitions, int workers) throws IOException, InterruptedException {
        var command = new ArrayList<>(isPython() ? pythonPeer() : javaPeer());
        command.addAll(List.of(work.words(), peer, Integer.toString(times),
                Integer.toString(repetitions), Integer.toString(workers)));
        return run(command).lines().map(Double::valueOf).toList();
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + " ended with status " + process.exitValue());
        }
        return text;
    }

    private static List<String> pythonPeer() {
        return List.of("python3", System.getProperty("mitosis.bench.peers") + "/python_hosted.py");
    }

    private static List<String> javaPeer() {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), MitosisMain.class.getName());
    }
}
