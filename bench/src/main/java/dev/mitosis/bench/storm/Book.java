package dev.mitosis.bench.storm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a ledger says, read when its process has ended or rests.
///
/// @param pid whose it is
/// @param seat where that worker sat
/// @param opened when it began its first item, by [System#nanoTime()]
/// @param inStep when it had finished its first [Ledger#STEP] items, or 0 if it never did
/// @param marks the starts and ends, see [Ledger]
record Book(long pid, int seat, long opened, long inStep, List<Long> marks) {
    /// Reads all ledgers of a storm, by process.
    static Map<Long, Book> readAll(Path folder) throws IOException {
        var books = new HashMap<Long, Book>();
        try (var files = Files.newDirectoryStream(folder, "*" + Ledger.SUFFIX)) {
            for (var file : files) {
                var book = read(file);
                books.put(book.pid(), book);
            }
        }
        return books;
    }

    private static Book read(Path file) throws IOException {
        var name = file.getFileName().toString();
        long pid = Long.parseLong(name.substring(0, name.length() - Ledger.SUFFIX.length()));
        var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
        if (bytes.capacity() < Ledger.MARKS || bytes.getLong(Ledger.SEAT) == 0) {
            return new Book(pid, -1, Long.MIN_VALUE, 0, List.of()); // killed while it opened it
        }
        var marks = new ArrayList<Long>();
        bytes.position(Ledger.MARKS);
        for (long mark; bytes.hasRemaining() && (mark = bytes.getLong()) != 0; ) {
            marks.add(mark);
        }
        return new Book(pid, (int) bytes.getLong(Ledger.SEAT) - 1,
                bytes.getLong(Ledger.OPENED), bytes.getLong(Ledger.IN_STEP), marks);
    }

    static boolean isEnd(long mark) {
        return (mark & 1) == 1;
    }

    static int item(long mark) {
        return (int) (mark / 2 - 1);
    }

    /// {@return whether it has no mark at all}
    boolean isEmpty() {
        return marks.isEmpty();
    }

    /// {@return the item that it began or ended last}
    int lastItem() {
        return item(marks.getLast());
    }

    /// {@return whether that item had ended}
    boolean hasEndedLast() {
        return isEnd(marks.getLast());
    }
}
