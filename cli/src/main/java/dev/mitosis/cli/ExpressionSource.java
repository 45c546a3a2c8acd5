package dev.mitosis.cli;

import java.net.URI;
import java.util.List;
import javax.tools.SimpleJavaFileObject;

/// The class around an expression, and the way back from its places to the expression's.
///
/// All that comes before the expression is one line without an end, so that line numbers in stack
/// traces are those of the expression.
final class ExpressionSource extends SimpleJavaFileObject {
    static final String PACKAGE = "mitosis.expression";
    static final String CLASS = "Expression";
    static final String METHOD = "function";

    // A package that is named wins over one that the module brings: Signature is no ambiguity.
    private static final List<String> USUAL_IMPORTS = List.of(
            "module java.base", "java.io.*", "java.math.*", "java.net.*", "java.nio.charset.*",
            "java.nio.file.*", "java.nio.file.attribute.*", "java.security.*", "java.text.*",
            "java.time.*", "java.time.format.*", "java.time.temporal.*", "java.util.*",
            "java.util.concurrent.*", "java.util.function.*", "java.util.regex.*",
            "java.util.stream.*", "java.util.zip.*");

    private final String text;
    private final int start;
    private final int end;

    ExpressionSource(String expression, Reading reading, Rendering rendering, List<String> more) {
        super(URI.create("string:///" + CLASS + Kind.SOURCE.extension), Kind.SOURCE);
        // Without the parentheses, statements could follow an expression that ends too early.
        var head = "package " + PACKAGE + "; " + imports(more) + """
                public final class %s {
                private %1$s() {}
                public static dev.mitosis.RemoteFunction<Object, String> %s() {
                dev.mitosis.RemoteFunction<%s, Object> expression = ("""
                .formatted(CLASS, METHOD, reading.parameter()).replace('\n', ' ');
        // On a line of its own, lest a comment at the end of the expression swallow it.
        var tail = """

                );
                return item -> dev.mitosis.cli.%s(expression.apply(dev.mitosis.cli.%s(item)));
                } }
                """.formatted(rendering.method(), reading.method());
        this.text = head + expression + tail;
        this.start = head.length();
        this.end = start + expression.length();
    }

    private static String imports(List<String> more) {
        var all = new StringBuilder();
        for (var name : USUAL_IMPORTS) {
            all.append("import ").append(name).append("; ");
        }
        for (var name : more) {
            all.append("import ").append(name).append("; ");
        }
        return all.toString();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
    }

    /// {@return the place in the expression, from 0, or -1 if it is before it}
    int placeOf(long position) {
        return position < start ? -1 : (int) Math.min(position, end) - start;
    }
}
