package dev.mitosis.contract.product;

import dev.mitosis.ItemException;
import dev.mitosis.Results;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a call showed: values and failures one by one, or an exception instead of everything.
sealed interface Seen {
    /// What came, item by item.
    ///
    /// @param items in the order in which they came
    record Items(List<Told> items) implements Seen {}

    /// The value of a fold.
    ///
    /// @param value the value
    record Folded(String value) implements Seen {}

    /// The call threw.
    ///
    /// @param first the item that the exception is about
    /// @param others those that it reports along with it
    record Thrown(Told first, List<Told> others) implements Seen {}

    static Seen values(List<?> values) {
        return new Items(values.stream().map(Told::by).toList());
    }

    static Seen thrown(ItemException failure) {
        var others = Arrays.stream(failure.getSuppressed()).map(other -> Told.by((ItemException) other)).toList();
        return new Thrown(Told.by(failure), others);
    }

    static Seen each(Results<?> results) {
        var items = new ArrayList<Told>();
        try (results) {
            while (results.hasNext()) {
                try {
                    items.add(Told.by(results.next()));
                } catch (ItemException e) {
                    items.add(Told.by(e));
                }
            }
        }
        return new Items(items);
    }
}
