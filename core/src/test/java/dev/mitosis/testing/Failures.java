package dev.mitosis.testing;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.ItemException;
import dev.mitosis.LongResults;
import dev.mitosis.NotShippableException;
import dev.mitosis.Results;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/// What calls throw, as values to compare.
public final class Failures {
    private Failures() {}

    /// Runs a call that must fail with an [ItemException], and returns that.
    ///
    /// @param call the call
    /// @return what it threw
    public static ItemException failureOf(Executable call) {
        return assertThrows(ItemException.class, call);
    }

    /// Runs a call whose function must not be able to travel, and returns what it threw.
    ///
    /// @param call the call
    /// @return what it threw
    public static NotShippableException refusalOf(Executable call) {
        return assertThrows(NotShippableException.class, call);
    }

    /// Requires the stacks of an item that ran out of time to show a method, or to say that they did
    /// not come in time: on a busy machine that is what happens, and what is promised.
    ///
    /// @param method the method
    /// @param dump the stacks
    public static void assertStackOf(String method, String dump) {
        assertTrue(dump.contains(method) || dump.contains("no safepoint reached"), dump);
    }

    /// {@return the indices of the items that are reported along with another}
    ///
    /// @param failure the other
    public static List<Long> suppressedIndices(ItemException failure) {
        return Arrays.stream(failure.getSuppressed())
                .map(other -> ((ItemException) other).index())
                .sorted()
                .toList();
    }

    /// Reads all results: values, and failures as `!index simple name of the exception: its message`.
    ///
    /// @param results the results, which are closed at the end
    /// @return what they were
    public static List<Object> drain(Results<?> results) {
        try (results) {
            var all = new ArrayList<Object>();
            while (results.hasNext()) {
                try {
                    all.add(results.next());
                } catch (ItemException e) {
                    all.add(asText(e));
                }
            }
            return all;
        }
    }

    /// Reads all numbers: values, and failures as [#drain(Results)] writes them.
    ///
    /// @param results the results, which are closed at the end
    /// @return what they were
    public static List<Object> drain(LongResults results) {
        try (results) {
            var all = new ArrayList<Object>();
            while (results.hasNext()) {
                try {
                    all.add(results.nextLong());
                } catch (ItemException e) {
                    all.add(asText(e));
                }
            }
            return all;
        }
    }

    /// {@return a failure as text: which item, and why}
    ///
    /// @param failure the failure
    public static String asText(ItemException failure) {
        var why = failure.getCause();
        return "!" + failure.index() + " "
                + (why == null ? failure.getClass() : why.getClass()).getSimpleName()
                + (why == null ? "" : ": " + why.getMessage());
    }
}
