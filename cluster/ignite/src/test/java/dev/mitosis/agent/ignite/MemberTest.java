package dev.mitosis.agent.ignite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.ignite.configuration.ExecutorConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.junit.jupiter.api.Test;

/// What makes a node of Ignite a member, and what a member of our own is told.
class MemberTest {
    @Test
    void a_node_gets_an_executor_and_says_how_large_it_is() {
        var config = Member.joining(new IgniteConfiguration(), 3);

        assertEquals(3, config.getExecutorConfiguration()[0].getSize());
        assertEquals(Map.of("mitosis.slots", 3), config.getUserAttributes());
    }

    @Test
    void what_a_node_has_besides_stays() {
        var config = new IgniteConfiguration().setUserAttributes(Map.of("rack", 7))
                .setExecutorConfiguration(new ExecutorConfiguration("other"));

        Member.joining(config, 3);

        var names = Arrays.stream(config.getExecutorConfiguration()).map(ExecutorConfiguration::getName);
        assertArrayEquals(new Object[] {"other", "mitosis"}, names.toArray());
        assertEquals(Map.of("rack", 7, "mitosis.slots", 3), config.getUserAttributes());
    }

    @Test
    void a_member_without_slots_is_refused() {
        var refusal = assertThrows(IllegalArgumentException.class,
                () -> Member.joining(new IgniteConfiguration(), 0));

        assertEquals("slots must be at least 1, not 0", refusal.getMessage());
    }

    @Test
    void a_member_listens_on_loopback_alone_and_loads_no_classes_from_others() {
        var config = MemberSettings.of(List.of()).toConfiguration();

        assertEquals("127.0.0.1", config.getLocalHost());
        assertFalse(config.isPeerClassLoadingEnabled());
        assertNull(config.getConnectorConfiguration());
        assertNull(config.getClientConnectorConfiguration());
    }

    @Test
    void members_look_for_each_other_at_their_ports() {
        assertEquals("127.0.0.1:47500..47509", MemberSettings.of(List.of()).members());
        assertEquals("127.0.0.1:5000..5000", MemberSettings.of(List.of("ports=5000")).members());
        assertEquals("10.0.0.1:1", MemberSettings.of(List.of("ports=5000..5004", "members=10.0.0.1:1")).members());
    }

    @Test
    void a_member_ends_with_its_input_if_it_is_told_so() {
        assertFalse(MemberSettings.of(List.of()).watched());
        assertTrue(MemberSettings.of(List.of("stdin=watch")).watched());
    }

    @Test
    void a_setting_that_does_not_exist_is_refused() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> MemberSettings.of(List.of("port=5000")));

        assertEquals("there is no setting \"port=5000\"; there are slots=, ports=, members=, work= and stdin=",
                refusal.getMessage());
        assertEquals("slots= takes numbers, not two",
                assertThrows(IllegalArgumentException.class, () -> MemberSettings.of(List.of("slots=two")))
                        .getMessage());
    }
}
