package dev.mitosis.bench.charts;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What a chart shows; [DotPlot] says how.
///
/// @param file the name of the picture
/// @param title what it is about
/// @param panels one above the other
/// @param captions where the figures come from, line by line
record Chart(String file, String title, List<Panel> panels, List<String> captions) {
    Chart {
        panels = List.copyOf(panels);
        captions = List.copyOf(captions);
    }

    /// Rows of marks over one axis.
    ///
    /// @param axis what the axis says
    /// @param rows from top to bottom
    record Panel(String axis, List<Row> rows) {
        Panel {
            rows = List.copyOf(rows);
        }

        Stream<Mark> marks() {
            return rows.stream().flatMap(row -> row.marks().stream());
        }
    }

    /// Marks that are compared.
    ///
    /// @param name what stands before the row
    /// @param marks in any order
    record Row(String name, List<Mark> marks) {
        Row {
            marks = List.copyOf(marks);
        }
    }

    /// A figure.
    ///
    /// @param family whose look it has
    /// @param value where it is
    /// @param place where its label is
    /// @param label what that says
    record Mark(Family family, double value, Place place, String label) {}

    /// Where the label of a mark is.
    enum Place { ABOVE, BELOW, RIGHT, NOWHERE }

    /// Returns every line that the picture must say, whatever the fonts are.
    List<String> texts() {
        var labels = panels.stream().flatMap(Panel::marks)
                .filter(mark -> mark.place() != Place.NOWHERE).map(Mark::label);
        var heads = panels.stream().flatMap(panel ->
                Stream.concat(Stream.of(panel.axis()), panel.rows().stream().map(Row::name)));
        return Stream.of(Stream.of(title), heads, labels, captions.stream())
                .flatMap(lines -> lines).toList();
    }

    /// Returns a number with three digits: 4.13, 41.3, 413, 4.13k, 4.13M, 4.13G.
    static String brief(double value) {
        for (int power = 3; power > 0; power--) {
            double scaled = value / Math.pow(1e3, power);
            if (scaled >= 0.9995) {
                return digits(scaled) + " kMG".charAt(power);
            }
        }
        return digits(value);
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f",
                value);
    }
}
