package dev.mitosis.bench.peer;

import java.nio.file.Files;
import java.nio.file.Path;

/// Runs one workload on Mitosis and records where its time goes; `bench/flames` starts it.
///
/// ```sh
/// java -cp ... dev.mitosis.bench.peer.RecordMain WORKLOAD SECONDS WORKERS FOLDER
/// ```
/// It repeats the workload for half of that time before, so that all code is compiled.
public final class RecordMain {
    private RecordMain() {}

    /// Runs it; writes what the caller and each worker did into the folder.
    ///
    /// @param args workload, seconds, workers, folder
    /// @throws Exception what the workload threw
    public static void main(String... args) throws Exception {
        double seconds = Double.parseDouble(args[1]);
        var folder = Files.createDirectories(Path.of(args[3])).toAbsolutePath().toString();

        try (var peer = MitosisPeer.ofProcesses(Integer.parseInt(args[2]))) {
            var workload = peer.prepare(args[0]);
            repeat(workload, seconds / 2);
            peer.pool().everywhere(Recorder::start);
            Recorder.start();
            repeat(workload, seconds);
            Recorder.stop(folder, "caller");
            peer.pool().everywhere(() -> Recorder.stop(folder, "worker"));
        }
    }

    private static void repeat(Workload workload, double seconds) throws Exception {
        var clock = Clock.start();
        int count = 0;
        while (clock.seconds() < seconds) {
            workload.run();
            count++;
        }
        System.err.println(count + " repetitions in " + Math.round(clock.seconds()) + " s");
    }
}
