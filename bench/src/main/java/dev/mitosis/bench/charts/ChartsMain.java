package dev.mitosis.bench.charts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Draws the charts of one result of `bench/side-by-side`; `bench/charts` starts it.
public final class ChartsMain {
    private ChartsMain() {}

    /// Draws them.
    ///
    /// @param args the result, as JSON, and the folder to draw into
    /// @throws IOException if one cannot be read or written
    public static void main(String... args) throws IOException {
        if (args.length != 2) {
            System.err.println("usage: bench/charts RESULT.json [FOLDER]");
            System.exit(2);
        }
        var folder = Files.createDirectories(Path.of(args[1]));
        for (var chart : Charts.of(Results.read(Path.of(args[0])))) {
            var file = folder.resolve(chart.file());
            Files.writeString(file, DotPlot.draw(chart));
            System.out.println(file);
        }
    }
}
