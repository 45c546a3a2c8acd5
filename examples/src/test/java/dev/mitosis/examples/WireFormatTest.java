package dev.mitosis.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.spi.Job;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `docs/wire-format.md` quotes of the classes that define it.
class WireFormatTest {
    private static final Document DOCUMENT = Document.of("docs/wire-format.md");
    private static final Pattern PICTURE = Pattern.compile("```text\n(.*?)\n```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"internal.link.LinkLayout", "internal.link.Frame", "internal.link.Control",
        "internal.codec.Kind"})
    void constants_are_those_of_the_class(String name) throws Exception {
        var type = Class.forName("dev.mitosis." + name);

        assertEquals(constants(type), table("constants: " + type.getName()));
    }

    @Test
    void verbs_are_those_of_the_class() {
        var verbs = new LinkedHashMap<String, Object>();
        for (var verb : Job.Verb.values()) {
            verbs.put(verb.name(), (long) verb.code());
        }

        assertEquals(verbs, table("constants: dev.mitosis.spi.Job.Verb"));
    }

    private static Map<String, Object> constants(Class<?> type) throws IllegalAccessException {
        var constants = new LinkedHashMap<String, Object>();
        for (var field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && !Modifier.isPrivate(field.getModifiers())) {
                constants.put(field.getName(), value(field));
            }
        }
        return constants;
    }

    private static Object value(Field field) throws IllegalAccessException {
        field.setAccessible(true);
        return field.get(null) instanceof Number number ? number.longValue() : field.get(null);
    }

    private static Map<String, Object> table(String marker) {
        var rows = new LinkedHashMap<String, Object>();
        for (var row : DOCUMENT.table(marker)) {
            var value = row.get(1).replace("`", "");
            rows.put(row.get(0).replace("`", ""),
                    value.matches("\\d+|0x[0-9a-f]+") ? (Object) Long.decode(value) : value);
        }
        return rows;
    }

    @Test
    void pictures_are_those_of_the_classes() {
        for (var block : DOCUMENT.blocks("picture")) {
            var source = block.named().split(" ");
            int number = source.length == 1 ? 1 : Integer.parseInt(source[1]);

            assertEquals(pictures(source[0]).get(number - 1), block.text(), block.named());
        }
    }

    @Test
    void every_picture_of_the_classes_is_there() {
        var quoted = DOCUMENT.blocks("picture").stream()
                .collect(Collectors.groupingBy(block -> block.named().split(" ")[0], Collectors.counting()));

        assertTrue(Stream.of("LinkLayout", "Frame", "Control", "Welcome", "Kind").allMatch(name ->
                quoted.keySet().stream().anyMatch(path -> path.endsWith("/" + name + ".java"))), quoted.toString());
        quoted.forEach((path, count) -> assertEquals(pictures(path).size(), count.intValue(), path));
    }

    private static List<String> pictures(String path) {
        var comments = Document.read(path).lines().map(String::strip).filter(line -> line.startsWith("///"))
                .map(line -> line.replaceFirst("^/// ?", "")).collect(Collectors.joining("\n"));
        return PICTURE.matcher(comments).results().map(match -> match.group(1)).toList();
    }
}
