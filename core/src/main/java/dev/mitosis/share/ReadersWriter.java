package dev.mitosis.share;

import dev.mitosis.internal.hosting.Caller;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The lock for many readers or one writer itself, and who holds it.
///
/// While a writer waits, nobody begins to read who does not hold the lock already.
final class ReadersWriter extends Monitored implements Turnstile {
    // guarded by the lock
    private final Map<Caller, Integer> reads = new HashMap<>(); // how often each holds it
    private @Nullable Caller writer;
    private int writes; // how often the writer holds it
    private int waitingWriters;
    private boolean abandoned; // by a writer, and no other has held it since
    private String whoLeft = "";

    @Override
    public Entry enter(boolean toWrite, long nanos) throws InterruptedException {
        var caller = Caller.current();
        var entry = new Entry[] {Entry.NOT};
        count(toWrite, 1);
        try {
            await(() -> toWrite ? mayWrite(caller) : mayRead(caller), nanos,
                    () -> entry[0] = entered(caller, toWrite));
        } finally {
            count(toWrite, -1);
        }
        return entry[0];
    }

    @Override
    public Entry tryEnter(boolean toWrite) throws InterruptedException {
        return enter(toWrite, 0);
    }

    private void count(boolean toWrite, int more) {
        if (toWrite) {
            change(() -> waitingWriters += more);
        }
    }

    private boolean mayRead(Caller caller) {
        return caller.equals(writer)
                || writer == null && (waitingWriters == 0 || reads.containsKey(caller));
    }

    private boolean mayWrite(Caller caller) {
        if (!caller.equals(writer) && reads.containsKey(caller)) {
            throw new IllegalMonitorStateException(
                    "this thread holds the lock to read, and would wait for itself to write");
        }
        return caller.equals(writer) || writer == null && reads.isEmpty();
    }

    private Entry entered(Caller caller, boolean toWrite) {
        boolean again = caller.equals(writer) || reads.containsKey(caller);
        if (toWrite) {
            writer = caller;
            writes++;
        } else {
            reads.merge(caller, 1, Integer::sum);
        }
        var entry = abandoned && !again ? Entry.ABANDONED : Entry.FREE;
        abandoned &= !toWrite;
        return entry;
    }

    @Override
    public void leave(boolean toWrite) {
        var caller = Caller.current();
        change(() -> left(caller, toWrite));
    }

    private void left(Caller caller, boolean toWrite) {
        if (toWrite ? !caller.equals(writer) : !reads.containsKey(caller)) {
            throw new IllegalMonitorStateException("this thread does not hold the lock");
        }
        if (!toWrite) {
            reads.computeIfPresent(caller, (_, count) -> count == 1 ? null : count - 1);
        } else if (--writes == 0) {
            writer = null;
        }
    }

    @Override
    public void abandon(String what) {
        var caller = Caller.current();
        var how = new String[] {""};
        change(() -> how[0] = abandon(caller, what));
        if (!how[0].isEmpty()) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.WARNING, what + how[0]);
        }
    }

    private String abandon(Caller caller, String what) {
        boolean wasReading = reads.remove(caller) != null;
        if (caller.equals(writer)) {
            leftBy(what);
            return "; it was unlocked, and whoever takes it next is told";
        }
        return wasReading ? "; it was unlocked" : "";
    }

    private void leftBy(String what) {
        writer = null;
        writes = 0;
        abandoned = true;
        whoLeft = what;
    }

    @Override
    public String whoLeft() {
        var text = new String[1];
        change(() -> text[0] = whoLeft);
        return text[0];
    }

    @Override
    public void partyGone(int party, long pid) {
        change(() -> {
            reads.keySet().removeIf(caller -> caller.party() == party);
            if (writer != null && writer.party() == party) {
                leftBy("process " + pid + " has ended while it held a shared lock to write");
            }
        });
    }

    @Override
    public void threadGone(Caller caller) {
        change(() -> {
            reads.remove(caller);
            if (caller.equals(writer)) {
                leftBy("a worker was given up while it held a shared lock to write");
            }
        });
    }
}
