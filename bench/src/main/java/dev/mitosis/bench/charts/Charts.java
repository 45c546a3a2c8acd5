package dev.mitosis.bench.charts;

import dev.mitosis.bench.charts.Chart.Mark;
import dev.mitosis.bench.charts.Chart.Panel;
import dev.mitosis.bench.charts.Chart.Place;
import dev.mitosis.bench.charts.Chart.Row;
import dev.mitosis.bench.charts.Results.Figure;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The charts of the documents.
final class Charts {
    private final Results results;

    private Charts(Results results) {
        this.results = results;
    }

    /// Returns those charts for which there are figures.
    static List<Chart> of(Results results) {
        var charts = new Charts(results);
        return Stream.of(charts.throughput(), charts.latency(), charts.bytes(), charts.start())
                .filter(chart -> !chart.panels().isEmpty()).toList();
    }

    private Chart throughput() {
        return chart("throughput.svg", "Items a second: further right is better",
                byWorkload("items a second (logarithmic)", "items_per_s",
                        "each", "bulk", "stream", "records"));
    }

    private Chart latency() {
        return chart("latency.svg", "A call and its result: further left is better",
                byPeer("roundtrip", "p50_us", "µs, median of 2,000 calls (logarithmic)"));
    }

    private Chart bytes() {
        return chart("bytes.svg", "Bytes a second: further right is better",
                byWorkload("MiB a second (logarithmic)", "mib_per_s", "payload", "echo"));
    }

    private Chart start() {
        return chart("start.svg", "Start and memory: further left is better",
                byPeer("first", "ms", "ms from opening a pool to its first result (logarithmic)"),
                byPeer("memory", "pss_mib", "MiB of an idle worker (logarithmic)"));
    }

    private Chart chart(String file, String title, Panel... panels) {
        return new Chart(file, title,
                Stream.of(panels).filter(panel -> !panel.rows().isEmpty()).toList(),
                List.of(results.source(), results.conditions()));
    }

    /// A row for each workload that was run.
    private Panel byWorkload(String axis, String figure, String... workloads) {
        return new Panel(axis, Stream.of(workloads)
                .map(workload -> new Row(title(workload), marks(results.figures(workload, figure))))
                .filter(row -> !row.marks().isEmpty()).toList());
    }

    private static String title(String workload) {
        return switch (workload) {
            case "each" -> "each (one by one)";
            case "bulk" -> "bulk (a million)";
            case "stream" -> "stream (imap)";
            case "payload" -> "payload (1 MiB there)";
            case "echo" -> "echo (64 MiB both ways)";
            default -> workload;
        };
    }

    /// Mitosis and the best pool of Python are named: others would hide each other's names.
    private static List<Mark> marks(List<Figure> figures) {
        var best = figures.stream().filter(figure -> family(figure) == Family.PYTHON)
                .max(Comparator.comparingDouble(Figure::median)).stream().toList();
        return figures.stream().map(figure -> new Mark(family(figure), figure.median(),
                family(figure) == Family.MITOSIS ? Place.ABOVE
                        : best.contains(figure) ? Place.BELOW : Place.NOWHERE,
                figure.peer() + " " + Chart.brief(figure.median()))).toList();
    }

    /// A row for each peer, the lowest figure first.
    private Panel byPeer(String workload, String figure, String axis) {
        return new Panel(axis, results.figures(workload, figure).stream()
                .sorted(Comparator.comparingDouble(Figure::median))
                .map(found -> new Row(found.peer(), List.of(new Mark(family(found),
                        found.median(), Place.RIGHT, Chart.brief(found.median())))))
                .toList());
    }

    private static Family family(Figure figure) {
        return Family.of(figure.peer());
    }
}
