package dev.mitosis.bench.charts;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What `bench/side-by-side` measured, as it wrote it.
///
/// @param name the name of the file
/// @param json what is in it
record Results(String name, JsonObject json) {
    /// What the tenth repetition gave: by then code is compiled, on whatever JVM there is.
    private static final String WARM = "tenth_rep";

    /// The median over all rounds for a peer.
    record Figure(String peer, double median) {}

    static Results read(Path file) throws IOException {
        try (var reader = Files.newBufferedReader(file)) {
            return new Results(String.valueOf(file.getFileName()),
                    JsonParser.parseReader(reader).getAsJsonObject());
        }
    }

    /// Returns a figure of each peer that ran a workload, in the order of the file; maybe none.
    List<Figure> figures(String workload, String figure) {
        var found = new ArrayList<Figure>();
        var peers = json.getAsJsonObject("summary").getAsJsonObject(workload);
        if (peers != null) {
            for (var peer : peers.entrySet()) {
                var which = peer.getValue().getAsJsonObject().getAsJsonObject(figure);
                found.add(new Figure(peer.getKey(),
                        which.getAsJsonObject(WARM).get("median").getAsDouble()));
            }
        }
        return found;
    }

    /// Says in one line where the figures come from.
    String source() {
        return "From bench/results/%s: %s, commit %s%s".formatted(name, text("date"),
                text("commit"), json.get("changed").getAsBoolean() ? " with changes" : "");
    }

    /// Says in one line how they were taken.
    String conditions() {
        var machine = json.getAsJsonObject("machine");
        var options = json.getAsJsonObject("options");
        return "%s, %s cores; %s workers; the tenth repetition, median of %s rounds".formatted(
                machine.get("cpu").getAsString().strip(), machine.get("cores").getAsString(),
                options.get("workers").getAsString(), options.get("rounds").getAsString());
    }

    private String text(String key) {
        return json.get(key).getAsString();
    }
}
