package dev.mitosis.bench.common;

import java.util.ArrayList;
import java.util.List;

/// A table of text whose first column is a name and whose others are figures.
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    /// Begins a table.
    ///
    /// @param heads the heads of its columns
    public Table(String... heads) {
        rows.add(List.of(heads));
    }

    /// Adds a row.
    ///
    /// @param cells what it says, one a column
    public void add(String... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException("expected " + rows.getFirst() + ", got "
                    + List.of(cells));
        }
        rows.add(List.of(cells));
    }

    /// {@return the row added last, with the widths of the rows before}
    public String last() {
        return line(rows.getLast());
    }

    private String line(List<String> row) {
        var text = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            int column = i;
            int width = rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
            var blanks = " ".repeat(width - row.get(i).length());
            text.append(i == 0 ? "" : "  ");
            text.append(i == 0 ? row.get(i) + blanks : blanks + row.get(i));
        }
        return text.toString().stripTrailing();
    }

    @Override
    public String toString() {
        return String.join("\n", rows.stream().map(this::line).toList());
    }
}
