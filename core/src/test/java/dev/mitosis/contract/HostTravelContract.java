package dev.mitosis.contract;

import static dev.mitosis.testing.Failures.failureOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.PoolClosedException;
import dev.mitosis.share.Hosted;
import dev.mitosis.share.SharedLock;
import dev.mitosis.share.SharedLongs;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// Objects that one process hosts: how their proxies travel, and what is refused.
abstract class HostTravelContract extends PoolContract {
    /// A hosted object that is given others.
    interface Club {
        void join(Guest guest);

        List<Guest> guests();

        String ask(Guest guest);
    }

    /// One of the others.
    interface Guest {
        String name();
    }

    /// No proxy can be made of it.
    sealed interface Closed {
        /// The only one.
        record Only() implements Closed {}
    }

    /// Needs no serialization of its own.
    record Invitation(String text, Club club) {}

    /// Is serialized by Java.
    static final class Letter implements Serializable {
        private static final long serialVersionUID = 1L;

        final List<Guest> enclosed = new ArrayList<>();
    }

    private static final class Hall implements Club {
        private final List<Guest> guests = new CopyOnWriteArrayList<>();

        @Override
        public void join(Guest guest) {
            guests.add(guest);
        }

        @Override
        public List<Guest> guests() {
            return new ArrayList<>(guests);
        }

        @Override
        public String ask(Guest guest) {
            return "it is " + guest.name();
        }
    }

    private Guest guest(String name) {
        return pool().host(Guest.class, () -> name);
    }

    @Test
    void a_proxy_travels_in_lambdas_items_records_and_collections() {
        var one = guest("one");
        var two = guest("two");
        var club = pool().host(Club.class, new Hall());

        assertEquals("one", pool().apply(() -> one.name()));
        assertEquals(List.of("one", "two"), pool().map(guest -> guest.name(), List.of(one, two)));
        pool().apply(invitation -> {
            invitation.club().join(one);
            return invitation.text();
        }, new Invitation("come", club));
        assertEquals(List.of(one), club.guests());
        assertEquals("two", pool().apply(byName -> byName.get("two").name(), Map.of("two", two)));
    }

    @Test
    void a_proxy_travels_in_what_java_serializes() {
        var letter = new Letter();
        letter.enclosed.add(guest("a"));

        var back = pool().apply(given -> {
            given.enclosed.add(given.enclosed.getFirst());
            return given;
        }, letter);

        assertEquals("a", back.enclosed.get(1).name());
        assertSame(letter.enclosed.getFirst(), back.enclosed.get(1));
    }

    @Test
    void a_proxy_comes_back_as_the_one_that_it_was() {
        var one = guest("one");
        var club = pool().host(Club.class, new Hall());
        assertSame(one, pool().apply(guest -> guest, one));
        assertSame(club, pool().apply(given -> given, new Invitation("", club)).club());
    }

    @Test
    void a_proxy_is_an_argument_and_a_result_of_another() {
        var one = guest("one");
        var club = pool().host(Club.class, new Hall());

        pool().apply(() -> club.join(one));

        assertSame(one, club.guests().getFirst());
        assertEquals("one", pool().apply(() -> club.guests().getFirst().name()));
        assertEquals("it is one", pool().apply(() -> club.ask(one)));
    }

    @Test
    void proxies_are_equal_that_mean_the_same_object() {
        var one = guest("one");
        var two = guest("one");
        assertEquals(one, one);
        assertNotEquals(one, two);
        assertTrue(pool().apply(() -> one.equals(one) && !one.equals(two) && !one.equals(null)));
        assertEquals(one.hashCode(), pool().apply(() -> one.hashCode()));
        assertEquals(true, pool().apply(pair -> pair.get(0).equals(pair.get(1)), List.of(one, one)));
        assertEquals("Hosted[" + Guest.class.getName() + "]", one.toString());
        assertEquals(one.toString(), pool().apply(() -> one.toString()));
    }

    @Test
    void handles_come_back_to_a_pool_that_trusts_no_package_but_some() {
        try (var strict = open(c -> c.withWorkers(1).withTrustedPackages("com.acme"));
                var numbers = SharedLongs.of(1, 2)) {
            SharedLock lock = Hosted.lock(strict);
            var back = strict.apply(() -> List.of(lock, numbers, lock.newCondition()));
            assertEquals(lock, back.get(0));
            assertEquals(2, ((SharedLongs) back.get(1)).get(1));
            var event = Hosted.event(strict);
            assertSame(event, strict.apply(() -> event));
        }
    }

    @Test
    void only_interfaces_are_hosted() {
        assertRefused("java.lang.String cannot be hosted: a proxy can only implement an interface"
                + " that is neither sealed nor hidden", () -> pool().host(String.class, "text"));
        assertRefused(Closed.class.getName() + " cannot be hosted: a proxy can only implement an"
                + " interface that is neither sealed nor hidden",
                () -> pool().host(Closed.class, new Closed.Only()));
    }

    private static void assertRefused(String why, Runnable call) {
        assertEquals(why, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"}) // as old code would
    void only_an_instance_of_the_interface_is_hosted() {
        assertRefused("an object of java.lang.String is no " + Guest.class.getName(),
                () -> pool().host((Class) Guest.class, "text"));
    }

    @Test
    void nothing_is_not_hosted() {
        assertEquals("object", assertThrows(NullPointerException.class,
                () -> pool().host(Guest.class, null)).getMessage());
        assertEquals("type", assertThrows(NullPointerException.class,
                () -> pool().host(null, "text")).getMessage());
    }

    @Test
    void a_hosted_object_ends_with_its_pool() {
        Guest guest;
        try (var other = open(c -> c.withWorkers(1))) {
            guest = other.host(Guest.class, () -> "there");
            assertEquals("there", pool().apply(() -> guest.name()));
        }
        assertEquals("the hosted Guest is there no more: the pool that hosted it is closed",
                assertThrows(PoolClosedException.class, guest::name).getMessage());
        var thrown = assertInstanceOf(PoolClosedException.class,
                failureOf(() -> pool().apply(() -> guest.name())).getCause());
        assertTrue(thrown.getMessage().contains("is there no more: the pool that hosted it is closed"),
                thrown::getMessage);
    }

    @Test
    void a_closed_pool_hosts_nothing() {
        var other = open(c -> c.withWorkers(1));
        other.close();
        assertThrows(PoolClosedException.class, () -> other.host(Guest.class, () -> "late"));
    }
}
