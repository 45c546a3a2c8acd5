package dev.mitosis.bench.storm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// Compares what the caller was told with what the ledgers say.
///
/// A SIGKILL may also hit the moment between an item's mark and the pool's own: the pool had said
/// that the item starts, and its function had not come to its first line; or that had come to its
/// last line, and the pool had not stored its outcome. Those are deaths *on the edge*: they are
/// counted by themselves, and they too must be of the one item that was the last on that process.
final class Audit {
    private final Seen seen;
    private final Map<Long, Killer.Kill> kills;
    private final Map<Long, Book> books;
    private final int[] starts;
    private final int[] ends;
    private final List<String> broken = new ArrayList<>();
    private int onTheEdge;

    Audit(int items, Seen seen, Map<Long, Killer.Kill> kills, Map<Long, Book> books) {
        this.seen = seen;
        this.kills = kills;
        this.books = books;
        this.starts = new int[items];
        this.ends = new int[items];
    }

    /// Returns what is broken, in words.
    List<String> run(boolean retries) {
        broken.addAll(seen.oddities());
        if (seen.count() != starts.length) {
            broken.add(seen.count() + " outcomes of " + starts.length + " items");
        }
        books.values().forEach(this::read);
        if (retries) {
            auditRetries();
        } else {
            auditDeaths();
        }
        return broken;
    }

    /// {@return how many deaths were on the edge}
    int onTheEdge() {
        return onTheEdge;
    }

    private void read(Book book) {
        long before = 1;
        for (long mark : book.marks()) {
            var follows = Book.isEnd(mark) ? before == mark - 1 : Book.isEnd(before);
            if (!follows) {
                broken.add("process " + book.pid() + " marked " + mark + " after " + before);
            }
            (Book.isEnd(mark) ? ends : starts)[Book.item(mark)]++;
            before = mark;
        }
    }

    private void auditDeaths() {
        var dead = new HashSet<Integer>();
        var pids = new HashSet<Long>();
        for (var death : seen.deaths()) {
            dead.add(death.item());
            if (!pids.add(death.pid())) {
                broken.add("two items died with process " + death.pid());
            }
            audit(death);
        }
        for (int item = 0; item < starts.length; item++) {
            if (starts[item] > 1) {
                broken.add("item " + item + " started " + starts[item] + " times");
            } else if (!dead.contains(item) && starts[item] + ends[item] != 2) {
                broken.add("item " + item + " is ok with " + starts[item] + " starts, "
                        + ends[item] + " ends");
            }
        }
    }

    private void audit(Seen.Death death) {
        if (!kills.containsKey(death.pid())) {
            broken.add("item " + death.item() + " died with process " + death.pid()
                    + ", which nobody killed");
        }
        var book = books.get(death.pid());
        if (book == null || book.isEmpty() || book.lastItem() != death.item()) {
            onTheEdge++; // the item had not come to its first line
            boolean other = book != null && !book.isEmpty() && !book.hasEndedLast();
            if (other || starts[death.item()] > 0) {
                broken.add("item " + death.item() + " died with process " + death.pid()
                        + ", which ran another");
            }
        } else if (book.hasEndedLast()) {
            onTheEdge++; // the item had come to its last line
        }
    }

    /// With retries everything ends well, and an item starts again only after a strike: it was the
    /// last item on a process that was killed.
    private void auditRetries() {
        var strikes = new int[starts.length];
        for (var book : books.values()) {
            if (kills.containsKey(book.pid()) && !book.isEmpty()) {
                strikes[book.lastItem()]++;
                onTheEdge += book.hasEndedLast() && starts[book.lastItem()] > 1 ? 1 : 0;
            }
        }
        seen.deaths().forEach(death -> broken.add(death + " in spite of retries"));
        for (int item = 0; item < starts.length; item++) {
            int tries = seen.attempts(item);
            if (ends[item] < 1 || starts[item] - 1 > strikes[item]
                    || tries != Seen.UNKNOWN && starts[item] > tries) {
                broken.add("item " + item + " started " + starts[item] + " times, ended "
                        + ends[item] + " times, with " + strikes[item] + " strikes and "
                        + (tries == Seen.UNKNOWN ? "unknown" : tries) + " attempts");
            }
        }
    }
}
