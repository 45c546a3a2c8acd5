package dev.mitosis.examples;

import dev.mitosis.Pool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;

/// Counts the words of a text file in worker processes.
///
/// A word is a run of ASCII letters and digits, in lower case; all other bytes separate words. So
/// it prints, byte by byte, what this pipeline prints:
/// ```sh
/// export LC_ALL=C
/// tr -cs '[:alnum:]' '\n' < FILE | tr '[:upper:]' '[:lower:]' | grep . | sort | uniq -c
/// ```
/// Of a file that says 'To be, or not to be.' it prints:
///
/// ```text
///       2 be
///       1 not
///       1 or
///       2 to
/// ```
final class WordCount {
    private static final Pattern WORD = Pattern.compile("\\p{Alnum}+");

    private WordCount() {}

    // @start region="count"
    static void main(String[] args) throws IOException {
        try (Pool pool = Pool.open();
                var lines = Files.lines(Path.of(args[0]), StandardCharsets.ISO_8859_1)) {
            @SuppressWarnings("StreamToIterable") // it is read once
            Iterable<List<String>> pages = lines.gather(Gatherers.windowFixed(1_000))::iterator;
            var counts = pool.mapReduce(WordCount::count, WordCount::sum, Map.of(), pages);
            new TreeMap<>(counts).forEach((word, n) -> IO.println("%7d %s".formatted(n, word)));
        }
    }

    private static Map<String, Long> count(List<String> page) {
        return page.stream().flatMap(line -> WORD.matcher(line).results()).map(MatchResult::group)
                .collect(Collectors.groupingBy(String::toLowerCase, Collectors.counting()));
    }

    private static Map<String, Long> sum(Map<String, Long> left, Map<String, Long> right) {
        var sum = new HashMap<>(left);
        right.forEach((word, n) -> sum.merge(word, n, Long::sum));
        return sum;
    }
    // @end
}
