package dev.mitosis.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionVariablesTest {

    @Test
    void a_harmless_variable_is_left_and_its_flags_are_not_said_twice() {
        var found = OptionVariables.of(
                Map.of("JAVA_TOOL_OPTIONS", "-Da=1 '-Db=x y'"), List.of("-Da=1", "-Db=x y", "-Dc=3"));
        assertTrue(found.removed().isEmpty());
        assertEquals(List.of("-Dc=3"), found.flags());
    }

    @Test
    void a_variable_with_an_agent_is_removed_and_its_other_flags_are_copied() {
        var flags = List.of("-javaagent:/opt/apm.jar", "-Da=1");
        var found = OptionVariables.of(Map.of("JAVA_TOOL_OPTIONS", "-javaagent:/opt/apm.jar -Da=1"), flags);
        assertEquals(
                Map.of("JAVA_TOOL_OPTIONS", "-javaagent:/opt/apm.jar: agents are not copied, withJvmArgs adds them"),
                found.removed());
        assertEquals(flags, found.flags());
    }

    @Test
    void a_variable_whose_flags_look_different_is_removed() {
        var found = OptionVariables.of(
                Map.of("JDK_JAVA_OPTIONS", "--add-modules java.sql"), List.of("--add-modules=java.sql"));
        assertEquals(List.of("--add-modules=java.sql"), found.flags());
        assertTrue(found.removed().containsKey("JDK_JAVA_OPTIONS"));
    }

    @Test
    void a_heap_size_that_would_win_over_ours_is_removed() {
        var found = OptionVariables.of(Map.of("_JAVA_OPTIONS", "-Xmx8g"), List.of("-Xmx8g"));
        assertTrue(found.removed().containsKey("_JAVA_OPTIONS"));
    }

    @Test
    void words_are_split_outside_of_quotes() {
        assertEquals(List.of("-Da=x y", "-Db=it's", "-Dc"), OptionVariables.words("  -Da='x y'\t\"-Db=it's\"\n-Dc "));
        assertEquals(List.of(), OptionVariables.words(" "));
    }
}
