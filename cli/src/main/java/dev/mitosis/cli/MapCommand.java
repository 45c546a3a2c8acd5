package dev.mitosis.cli;

import dev.mitosis.LongRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Maps an expression over numbers or lines and prints the results.
///
/// The workers start while the expression is compiled.
@Command(
        name = "map",
        description = "Maps a Java expression over lines or numbers, in worker processes.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {
            "",
            "Items are lines of standard input (UTF-8) unless --range or --input says otherwise.",
            "Results are printed one a line, in order, as they come: text as it is, bytes in"
                    + " hexadecimal, arrays element by element.",
            "A failed item is reported on standard error, with the number of its line, and ends"
                    + " nothing else. So does a line that is not UTF-8, or not of the --type.",
            "What workers print goes to standard error.",
            "",
            "Whatever is in the module java.base is imported (java.util, java.nio.file,"
                    + " java.time, java.math, java.security, java.util.stream and so on)."
                    + " Checked exceptions may be thrown.",
            "",
            "Exit status: 0 if all went well (also when the reader of a pipe had enough),"
                    + " 1 if some items failed, 2 if the command could not do its work.",
            "",
            "Examples:",
            "  Squares, lazily: the rest of the range is never computed",
            "    mitosis map 'n -> n * n' --range 0:100000000000 | head -5",
            "  What sha256sum prints, on all cores",
            "    find . -type f | mitosis map 'p -> HexFormat.of().formatHex(",
            "        MessageDigest.getInstance(\"SHA-256\").digest(",
            "        Files.readAllBytes(Path.of(p)))) + \"  \" + p'",
            "  Lines that are numbers; a method instead of a lambda",
            "    seq 100 | mitosis map --type long Long::toHexString",
            "  Lines that are JSON: the parameter is a Jackson JsonNode",
            "    mitosis map -t json -i orders.jsonl 'o -> o.get(\"price\").asDouble()'",
            "  A method of your own, in eight workers of 1 GB, at most 10 s an item",
            "    mitosis map --fn com.acme.Parser::parse --class-path parser.jar \\",
            "        --workers 8 --heap 1g --timeout 10s --input names.txt",
            "  On the nodes of a Spark cluster",
            "    SPARK_HOME=/opt/spark mitosis map 'n -> n * n' --range 0:1000 \\",
            "        --cluster spark://127.0.0.1:7077"
        })
final class MapCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "EXPRESSION",
            description = "a lambda such as 'n -> n * n', or a method reference")
    private @Nullable String expression;

    @Option(
            names = "--fn",
            paramLabel = "CLASS::METHOD",
            description = "the method to call instead of an expression")
    private @Nullable String method;

    @ArgGroup private Source source = new Source();

    private static final class Source {
        @Option(
                names = "--range",
                paramLabel = "FROM:TO",
                converter = Ranges.class,
                description = "map over the numbers from FROM up to, and without, TO")
        private @Nullable LongRange range;

        @Option(
                names = {"-i", "--input"},
                paramLabel = "FILE",
                description = "read lines from FILE; - is standard input")
        private Path input = Path.of("-");
    }

    @Option(
            names = {"-0", "--null"},
            description = "lines end with a zero byte, as find -print0 writes them")
    private boolean zeroes;

    @Option(
            names = {"-t", "--type"},
            paramLabel = "TYPE",
            description = "how a line is read: ${COMPLETION-CANDIDATES}"
                    + " (default: string; with --range, long)")
    private @Nullable Reading type;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "how a result is printed: ${COMPLETION-CANDIDATES} (default: text; with"
                    + " --type json, lists, maps and arrays as json)")
    private @Nullable Form form;

    private enum Form {
        TEXT,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = {"-u", "--unordered"},
            description = "print results in the order in which they are ready")
    private boolean unordered;

    @Option(
            names = "--import",
            paramLabel = "NAME",
            description = "import NAME too: java.sql.*, static java.lang.Math.*; repeatable")
    private List<String> imports = List.of();

    @Option(
            names = "--stack",
            description = "print the stack of each failure")
    private boolean stacks;

    @Mixin private PoolOptions options = new PoolOptions();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var function = expression();
        try (var input = Input.open(source.range, source.input, zeroes ? '\0' : '\n')) {
            var failures = new Failures(System.err, source.range != null, stacks);
            return new Mapping(function, input, options, failures).run(unordered);
        }
    }

    private Expression expression() {
        var text = expression == null ? method : expression;
        if (text == null || expression != null && method != null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "give either an EXPRESSION or --fn.");
        }
        return new Expression(text, reading(), rendering(), imports, options.classPath());
    }

    private Reading reading() {
        if (type != null) {
            return type;
        }
        return source.range == null ? Reading.STRING : Reading.LONG;
    }

    private Rendering rendering() {
        return switch (form) {
            case JSON -> Rendering.JSON;
            case TEXT -> Rendering.TEXT;
            case null -> type == Reading.JSON ? Rendering.MIXED : Rendering.TEXT;
        };
    }
}
