package dev.mitosis.internal.hosting;

import java.util.concurrent.atomic.AtomicInteger;

/// What is hosted by every process that has started others: tells a process which number it has.
@Prompt
interface Desk {
    /// Its own number among all that are hosted, which everybody knows.
    long ID = 0;

    /// {@return the number of the party that asks}
    int party();

    /// A party's own number, once it has asked; it is the same as long as the process lives.
    final class Known {
        private static final AtomicInteger PARTY = new AtomicInteger();

        private Known() {}

        static int party() {
            if (PARTY.get() == 0) {
                var desk = (Desk) new Proxied.There(new HostedHandle(ID, Desk.class)).proxy();
                PARTY.set(desk.party());
            }
            return PARTY.get();
        }
    }
}
