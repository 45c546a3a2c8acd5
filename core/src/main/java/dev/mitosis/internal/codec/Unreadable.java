package dev.mitosis.internal.codec;

import dev.mitosis.NotReadableException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/// Says why something could not be read back.
final class Unreadable {
    private Unreadable() {}

    /// Explains why a value, a record, could not be read.
    ///
    /// @param what the value
    /// @param problem what went wrong
    /// @return the explanation
    static NotReadableException because(String what, Throwable problem) {
        return problem instanceof NotReadableException known
                ? known
                : new NotReadableException(
                        what + " could not be read: " + reason(problem), problem);
    }

    /// Explains why Java could not deserialize a value.
    ///
    /// @param missing the first class that was not found, or null
    /// @param refusal what the filter refused, or null
    /// @param problem what Java complains about, which may be a mere consequence
    /// @return the explanation
    static NotReadableException because(
            @Nullable ClassNotFoundException missing,
            @Nullable String refusal,
            Throwable problem) {
        if (problem instanceof NotReadableException known) {
            return known;
        }
        if (refusal != null) {
            return new NotReadableException("a value could not be read: " + refusal, problem);
        }
        if (missing != null) {
            return new NotReadableException(
                    "a value could not be read: " + missing.getMessage()
                            + ". Is it on this process's class path?",
                    problem);
        }
        return because("a value", problem);
    }

    private static String reason(Throwable problem) {
        return switch (problem) {
            case StackOverflowError _ -> "it is nested too deeply, even for a stack of 256 MB";
            case Throwable e when isStrangeLambda(e) ->
                    "the class that contains the lambda is not the same on both sides. Was it"
                            + " compiled again, or by another compiler, since the pool was opened?"
                            + " Then open a new pool. Was it moved to another package by a shading"
                            + " tool? Then let it move the other side, too";
            case ClassNotFoundException e -> String.valueOf(e.getMessage());
            case IOException e when e.getMessage() != null && !isNamed(e) -> e.getMessage();
            default -> problem.toString();
        };
    }

    /// Whether the class says more than its message.
    private static boolean isNamed(IOException e) {
        return e.getClass() != IOException.class && !(e instanceof java.io.InvalidObjectException);
    }

    /// The two ways in which `$deserializeLambda$` does not know a lambda, and their consequence.
    private static boolean isStrangeLambda(Throwable problem) {
        int depth = 0;
        for (var e = problem; e != null && depth < 20; e = e.getCause(), depth++) {
            var message = String.valueOf(e.getMessage());
            boolean known = switch (e) {
                case IllegalArgumentException _ -> message.contains("Invalid lambda deserial");
                case NoSuchMethodException _ -> message.contains("$deserializeLambda$");
                case ClassCastException _ -> message.contains("java.lang.invoke.SerializedLambda");
                case InvocationTargetException _ -> false;
                default -> false;
            };
            if (known) {
                return true;
            }
        }
        return false;
    }
}
