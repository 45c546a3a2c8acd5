package dev.mitosis.internal.launch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The environment variables that hold flags of a JVM, and what becomes of them in a worker.
///
/// Their flags are among those that this JVM reports. So a variable is left in the worker's
/// environment, for what the worker itself starts, only if all its flags may be copied, and these
/// are then not copied a second time: some flags are refused when they are said twice.
///
/// @param removed each variable that a worker must not see, with the reason
/// @param flags the flags that are left to copy
record OptionVariables(Map<String, String> removed, List<String> flags) {

    private static final List<String> NAMES =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    static OptionVariables of(Map<String, String> environment, List<String> flags) {
        var removed = new LinkedHashMap<String, String>();
        var left = new ArrayList<>(flags);
        for (var name : NAMES) {
            var words = words(environment.getOrDefault(name, ""));
            var reason = reasonAgainst(words, left);
            if (reason == null) {
                for (var word : words) {
                    left.remove(word);
                }
            } else {
                removed.put(name, reason);
            }
        }
        return new OptionVariables(removed, List.copyOf(left));
    }

    private static @Nullable String reasonAgainst(List<String> words, List<String> flags) {
        for (var word : words) {
            var reason = CopiedFlags.reasonAgainst(word);
            if (reason != null) {
                return word + ": " + reason;
            }
            if (!flags.contains(word)) {
                return word + ": copied in another form";
            }
        }
        return null;
    }

    /// Splits as the JVM does: at white space outside of quotes; there is no escape.
    static List<String> words(String value) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        char quote = 0;
        boolean inside = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean space = quote == 0 && Character.isWhitespace(c);
            if (space && inside) {
                words.add(word.toString());
                word.setLength(0);
            }
            inside = !space;
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (!space) {
                word.append(c);
            }
        }
        if (inside) {
            words.add(word.toString());
        }
        return words;
    }
}
