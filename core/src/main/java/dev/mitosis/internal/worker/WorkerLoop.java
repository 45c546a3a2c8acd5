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

/// Reads frames and does what they say, until one says to leave; on the worker's main thread.
final class WorkerLoop {
    private record Known(Job job, Object function) {}

    private final ByteSource requests;
    private final RingOutbox outbox;
    private final Skips skips;
    private final PullLoader loader;
    private final ItemRunner runner;
    private final Map<Long, Known> functions = new HashMap<>();

    WorkerLoop(int seat, ParentLink link, RingOutbox outbox, Skips skips, PullLoader loader) {
        this.requests = new RequestSource(link);
        this.outbox = outbox;
        this.skips = skips;
        this.loader = loader;
        this.runner = new ItemRunner(seat, outbox, loader);
    }

    /// Runs until the parent asks to leave.
    ///
    /// @throws IOException if the parent is gone
    void run() throws IOException {
        while (true) {
            long length = requests.readLong();
            long end = requests.position() + length;
            switch (requests.readByte()) {
                case Frame.FUNCTION -> learn(end);
                case Frame.LEASE -> lease();
                case Frame.FORGET -> forget(requests.readLong());
                case Frame.LEAVE -> {
                    return;
                }
                default -> throw new IOException("the parent sent a frame of no known type");
            }
            requests.skip(end - requests.position());
        }
    }

    private void learn(long end) throws IOException {
        long call = requests.readLong();
        var verb = Job.Verb.of(requests.readByte());
        int haltAfter = requests.readInt();
        var name = new String(requests.readArray(requests.readInt()), StandardCharsets.UTF_8);
        var bytes = Bytes.of(requests.readArray((int) (end - requests.position())));
        var job = new Job(call, name, verb, bytes, haltAfter, null);
        functions.put(call, new Known(job, decode(bytes)));
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
        requests.readByte(); // the verb, which the function has told already
        long call = requests.readLong();
        long ticket = requests.readLong();
        long index = requests.readLong();
        int count = requests.readInt();
        int attempt = requests.readInt();
        boolean range = requests.readByte() == Frame.RANGE;
        long first = range ? requests.readLong() : 0;
        int skip = range ? 0 : requests.readInt();
        var known = functions.get(call);
        if (known == null) {
            throw new IOException("the parent sent items of call " + call + " without function");
        }
        outbox.of(call, known.job().haltAfter());
        long begin = Deadline.now();
        runner.run(new Assignment(known.job().verb(), call, known.job().name(), ticket, index,
                count, attempt, range ? null : requests, skip, first), known.function());
        outbox.end(Deadline.now() - begin);
    }

    private void forget(long call) {
        functions.remove(call);
        skips.forget(call);
    }
}
