package dev.mitosis.bench.peer;

/// Compares results with what they should be: a fast wrong answer is no answer.
final class Check {
    private Check() {}

    static void same(Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + brief(expected) + ", got " + brief(actual));
        }
    }

    private static String brief(Object value) {
        var text = String.valueOf(value);
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }
}
