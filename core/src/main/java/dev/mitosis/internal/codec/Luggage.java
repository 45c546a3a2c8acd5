package dev.mitosis.internal.codec;

import dev.mitosis.NotShippableException;
import dev.mitosis.internal.Wrapping;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Says what makes a function large: what it captures travels with it, in each call to each worker.
public final class Luggage {
    private static final String CURE = "; pool.share(value) sends a value once to each worker, and"
            + " an array in shared memory is not sent at all";

    private Luggage() {}

    /// {@return a sentence about a large function}
    ///
    /// @param function the function
    /// @param size how many bytes it has
    public static String warning(Object function, long size) {
        return describe(function, size) + ", which travels with each call to each worker" + CURE;
    }

    /// {@return the refusal of a function that is larger than it may be}
    ///
    /// @param function the function
    /// @param size how many bytes it has
    /// @param limit how many it may have
    public static NotShippableException refusal(Object function, long size, long limit) {
        return new NotShippableException(describe(function, size) + ", and at most "
                + bytes(limit) + " may travel" + CURE, null);
    }

    /// {@return the function of the user's that makes a function of this library large, or itself}
    ///
    /// @param function the function
    public static Object culprit(Object function) {
        if (function instanceof Wrapping wrapping) {
            return wrapping.wrapped();
        }
        if (!(function instanceof Record record)
                || !(RecordAccess.of(record.getClass()) instanceof RecordAccess.Open(var shape))) {
            return function;
        }
        try {
            Object culprit = function;
            long most = 0;
            for (var part : shape.values(record)) {
                long weight = weight(part);
                culprit = weight > most && part != null ? part : culprit;
                most = Math.max(most, weight);
            }
            return culprit;
        } catch (Throwable _) {
            return function; // it is large all the same
        }
    }

    private static String describe(Object whole, long size) {
        var function = culprit(whole);
        var lambda = Trail.lambda(function);
        if (lambda == null) {
            return "a function of " + function.getClass().getTypeName() + " has " + bytes(size);
        }
        var place = new LambdaPlace(lambda, function.getClass().getClassLoader());
        int heaviest = -1;
        long most = 0;
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
            long weight = weight(lambda.getCapturedArg(i));
            heaviest = weight > most ? i : heaviest;
            most = Math.max(most, weight);
        }
        var text = place + " has " + bytes(size);
        return heaviest < 0 ? text
                : text + ", " + bytes(most) + " of it in " + place.captured(heaviest);
    }

    private static long weight(@Nullable Object captured) {
        if (captured == null) {
            return 0;
        }
        try {
            return JavaWriter.encode(captured).size();
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable _) {
            return 0; // it was written before, within the function
        }
    }

    private static String bytes(long size) {
        return String.format(Locale.ROOT, "%,d bytes", size);
    }
}
