package dev.mitosis.bench.charts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Draws flame graphs of recordings that [dev.mitosis.bench.peer.RecordMain] made; `bench/flames`
/// starts it.
public final class FlamesMain {
    private FlamesMain() {}

    /// Draws a picture for each workload.
    ///
    /// @param args a folder with a folder of recordings for each workload, and the folder to draw
    ///     into
    /// @throws IOException if one cannot be read or written
    public static void main(String... args) throws IOException {
        var folder = Files.createDirectories(Path.of(args[1]));
        try (var recorded = Files.newDirectoryStream(Path.of(args[0]), Files::isDirectory)) {
            for (var workload : recorded) {
                var file = folder.resolve(workload.getFileName() + ".svg");
                Files.writeString(file, graph(workload));
                System.out.println(file);
            }
        }
    }

    private static String graph(Path workload) throws IOException {
        var commit = System.getProperty("mitosis.bench.commit", "unknown");
        return FlameGraph.draw("Where the time of " + workload.getFileName() + " goes",
                List.of(new FlameGraph.Part("caller", Frame.of(workload, "caller")),
                        new FlameGraph.Part("workers", Frame.of(workload, "worker"))),
                "CPU time of warm code (blue: Mitosis, green: the benchmark, yellow: the JDK),"
                        + " commit " + commit + ", JDK " + Runtime.version().feature());
    }
}
