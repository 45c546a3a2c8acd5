package dev.mitosis.internal.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.NotShippableException;
import java.io.Serializable;
import org.junit.jupiter.api.Test;

class DeepTest {
    private static class Node implements Serializable {
        Object next;
    }

    private record Link(int value, Object next) {}

    private static Node nodes(int count, Object last) {
        var node = new Node();
        node.next = last;
        for (int i = 1; i < count; i++) {
            var head = new Node();
            head.next = node;
            node = head;
        }
        return node;
    }

    private static Link links(int count, Object last) {
        var link = new Link(0, last);
        for (int i = 1; i < count; i++) {
            link = new Link(i, link);
        }
        return link;
    }

    private static int count(Object first) {
        int count = 0;
        for (var o = first; o != null; o = o instanceof Node node ? node.next : ((Link) o).next()) {
            count++;
        }
        return count;
    }

    @Test
    void lists_of_100_000_links_travel() {
        assertEquals(100_000, count(Trip.of(nodes(100_000, null))));
        assertEquals(100_000, count(Trip.of(links(100_000, null))));
        assertEquals(2_000, count(Trip.of(links(1_000, nodes(1_000, null)))));
    }

    @Test
    void a_value_after_a_deep_one_is_read() throws Exception {
        var reader = Trip.reader(Trip.write(nodes(100_000, null), 1, links(100_000, null), 2));
        reader.read();
        assertEquals(1, reader.read());
        reader.read();
        assertEquals(2, reader.read());
    }

    @Test
    void a_culprit_deep_inside_is_found() {
        var e = assertThrows(NotShippableException.class, () -> Trip.of(nodes(50_000, new Object())));
        assertTrue(e.getMessage().contains("java.lang.Object at next.next.next."), e.getMessage().substring(0, 200));
        assertThrows(NotShippableException.class, () -> Trip.of(links(50_000, new Object())));
    }

    @Test
    void an_endless_value_is_refused_and_not_fatal() {
        var overflow = new StackOverflowError();
        assertEquals("a value of type java.lang.Integer cannot travel: it is nested too deeply, even for a stack of "
                + "256 MB. Cure: send a list instead of links", Complaint.about(1, overflow).getMessage());
        assertEquals("a value could not be read: it is nested too deeply, even for a stack of 256 MB",
                Unreadable.because("a value", overflow).getMessage());
    }

    @Test
    void an_interrupt_and_the_context_loader_survive_the_detour() {
        Thread.currentThread().interrupt();
        assertEquals(100_000, count(Trip.of(nodes(100_000, null))));
        assertTrue(Thread.interrupted());
    }
}
