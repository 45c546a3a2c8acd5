package dev.mitosis.share;

import java.util.NavigableMap;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;

/// The large elements of a queue themselves.
final class Stock implements Depot {
    private final NavigableMap<Long, byte[]> elements = new ConcurrentSkipListMap<>();

    @Override
    public void put(long number, byte[] element, long head) {
        elements.headMap(head).clear(); // left by those who died before they could drop them
        elements.put(number, element);
    }

    @Override
    public byte[] look(long number) {
        return Objects.requireNonNull(elements.get(number), "a large element of a queue");
    }

    @Override
    public void drop(long number) {
        elements.remove(number);
    }
}
