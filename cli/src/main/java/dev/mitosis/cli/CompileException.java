package dev.mitosis.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/// The expression does not compile: its message shows where, and says why.
///
/// Only of the first error: a missing parenthesis brings others that help nobody.
///
/// ```text
/// n -> n * m
///          ^
/// column 10: cannot find symbol: variable m
/// ```
final class CompileException extends Exception {
    private static final long serialVersionUID = 1L;

    CompileException(
            String expression,
            ExpressionSource source,
            List<Diagnostic<? extends JavaFileObject>> found) {
        super(found.stream()
                .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
                .map(d -> describe(expression, source.placeOf(d.getPosition()), reason(d)))
                .findFirst()
                .orElse("the compiler does not say why"));
    }

    private static String describe(String expression, int place, String reason) {
        if (place < 0) {
            return reason;
        }
        int lineStart = expression.lastIndexOf('\n', place - 1) + 1;
        int lineEnd = expression.indexOf('\n', place);
        var line = expression.substring(lineStart, lineEnd < 0 ? expression.length() : lineEnd);
        long row = expression.substring(0, lineStart).lines().count() + 1;
        int column = place - lineStart;
        var where = expression.contains("\n") ? "line " + row + ", column " : "column ";
        return "  %s%n  %s^%n%s%d: %s"
                .formatted(line, blank(line.substring(0, column)), where, column + 1, reason);
    }

    /// Keeps tabs, so that the caret stands where the terminal puts the character.
    private static String blank(String text) {
        return text.replaceAll("[^\t]", " ");
    }

    private static String reason(Diagnostic<?> diagnostic) {
        var message = diagnostic.getMessage(Locale.ENGLISH).lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("location:"))
                .map(line -> line.replaceFirst("^symbol: +", ""))
                .collect(Collectors.joining(": "))
                .replace("java.lang.", "");
        return message.contains("dev.mitosis.RemoteFunction")
                ? "not a function: write a lambda such as 'n -> n * n', or a method reference"
                        + " such as Long::toHexString (" + message + ")"
                : message;
    }
}
