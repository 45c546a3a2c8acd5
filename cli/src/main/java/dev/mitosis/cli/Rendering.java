package dev.mitosis.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a result becomes a line; runs in the workers, called by the compiled code.
public enum Rendering {
    /// As it prints itself; bytes in hexadecimal, other arrays element by element.
    TEXT("Rendering.text"),
    /// As JSON.
    JSON("Rendering.json"),
    /// Maps, collections and arrays as JSON, anything else as text: what `--type json` prints.
    MIXED("Rendering.mixed");

    private final String method;

    Rendering(String method) {
        this.method = method;
    }

    /// {@return the method that renders a result, as source}
    String method() {
        return method;
    }

    /// Renders a result as text.
    ///
    /// @param result what the expression returned
    /// @return the line
    public static String text(@Nullable Object result) {
        return switch (result) {
            case String string -> string;
            case null -> "null";
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case int[] array -> Arrays.toString(array);
            case long[] array -> Arrays.toString(array);
            case double[] array -> Arrays.toString(array);
            case float[] array -> Arrays.toString(array);
            case boolean[] array -> Arrays.toString(array);
            case char[] array -> Arrays.toString(array);
            case short[] array -> Arrays.toString(array);
            case Object[] array -> Arrays.deepToString(array);
            case Object other -> String.valueOf(other);
        };
    }

    /// Renders a result as JSON.
    ///
    /// @param result what the expression returned
    /// @return the line
    /// @throws JsonProcessingException if the result has no JSON form
    public static String json(@Nullable Object result) throws JsonProcessingException {
        return result == null ? "null" : Json.write(result);
    }

    /// Renders a result as JSON if it has elements, else as text.
    ///
    /// @param result what the expression returned
    /// @return the line
    /// @throws JsonProcessingException if the result has no JSON form
    public static String mixed(@Nullable Object result) throws JsonProcessingException {
        boolean structured = result instanceof Map || result instanceof Collection
                || result != null && result.getClass().isArray() && !(result instanceof byte[]);
        return structured ? json(result) : text(result);
    }
}
