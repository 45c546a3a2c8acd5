package dev.mitosis.share;

import dev.mitosis.internal.hosting.Caller;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;

/// The large elements of a queue themselves.
final class Stock implements Depot {
    private final NavigableMap<Key, byte[]> elements = new ConcurrentSkipListMap<>();

    /// Which element, and whose.
    private record Key(long number, int party) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparingLong(Key::number).thenComparingInt(Key::party);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    @Override
    public int put(long number, byte[] element, long head) {
        elements.headMap(new Key(head, 0)).clear(); // left by those who died and dropped nothing
        int party = Caller.current().party();
        elements.put(new Key(number, party), element);
        return party;
    }

    @Override
    public byte[] look(long number, int party) {
        return Objects.requireNonNull(
                elements.get(new Key(number, party)), "a large element of a queue");
    }

    @Override
    public void drop(long number, int party) {
        elements.remove(new Key(number, party));
    }
}
