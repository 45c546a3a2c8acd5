package dev.mitosis.internal.worker;

import dev.mitosis.NotReadableException;
import dev.mitosis.internal.Deadline;
import dev.mitosis.internal.codec.ByteSource;
import dev.mitosis.internal.codec.Functions;
import dev.mitosis.internal.link.Frame;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.Job;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Reads frames and does what they say, until one says to leave; on the runner.
final class WorkerLoop {
    private final ByteSource requests;
    private final RingOutbox outbox;
    private final PullLoader loader;
    private final ItemRunner runner;
    private final Map<Long, Object> functions = new HashMap<>();

    WorkerLoop(int seat, ParentLink link, RingOutbox outbox, PullLoader loader) {
        this.requests = new RequestSource(link);
        this.outbox = outbox;
        this.loader = loader;
        this.runner = new ItemRunner(seat, outbox, loader);
    }

    /// Runs until the parent asks to leave.
    ///
    /// @throws IOException if the parent is gone
    void run() throws IOException {
        var outer = runner.enter();
        try {
            runFrames();
        } finally {
            ItemRunner.leave(outer);
        }
    }

    private void runFrames() throws IOException {
        while (true) {
            long length = requests.readLong();
            long end = requests.position() + length;
            switch (requests.readByte()) {
                case Frame.FUNCTION -> learn(requests.readLong(), end);
                case Frame.LEASE -> lease();
                case Frame.RESUME -> outbox.resume();
                case Frame.MORE -> { } // the lease that they are of has ended early
                case Frame.FORGET -> functions.remove(requests.readLong());
                case Frame.LEAVE -> {
                    return;
                }
                default -> throw new IOException("the parent sent a frame of no known type");
            }
            if (end > requests.position()) { // a lease may have read on, over its other frames
                requests.skip(end - requests.position());
            }
        }
    }

    private void learn(long number, long end) throws IOException {
        var bytes = Bytes.of(requests.readArray((int) (end - requests.position())));
        functions.put(number, decode(bytes));
    }

    private Object decode(Bytes function) {
        loader.forget(); // it may come from a class loader that has what others had not
        try {
            return Functions.decode(function, loader);
        } catch (NotReadableException e) {
            return e;
        } catch (Throwable e) {
            return new NotReadableException("the function cannot be read in the worker: " + e, e);
        }
    }

    private void lease() throws IOException {
        var verb = Job.Verb.of(requests.readByte());
        byte wishes = requests.readByte();
        long call = requests.readLong();
        var function = functions.get(requests.readLong());
        int haltAfter = requests.readInt();
        var name = name(requests.readInt());
        long ticket = requests.readLong();
        long index = requests.readLong();
        int count = requests.readInt();
        int attempt = requests.readInt();
        boolean range = requests.readByte() == Frame.RANGE;
        long first = range ? requests.readLong() : 0;
        int skip = range ? 0 : requests.readInt();
        int most = range ? 0 : requests.readInt();
        if (function == null) {
            throw new IOException("the parent sent items of call " + call + " without function");
        }
        long begin = Deadline.now();
        outbox.begin(call, haltAfter, wishes, begin);
        var assignment = new Assignment(verb, call, name, ticket, index, count, attempt,
                range ? null : requests, most, skip, first);
        boolean began = runner.runHere(assignment, function);
        if (began) { // else all of it was taken back
            outbox.end(Deadline.now() - begin);
        }
    }

    private String name(int length) throws IOException {
        return length == 0 ? ""
                : new String(requests.readArray(length), StandardCharsets.UTF_8);
    }
}
