package dev.mitosis.cluster;

import dev.mitosis.agent.Frame;
import dev.mitosis.agent.Reply;
import dev.mitosis.agent.Wire;
import dev.mitosis.cluster.ClusterTransport.Submission;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// The way of frames to nodes and of replies back, with what nodes lack sent along.
final class Carriage {
    private static final int MOST_ROUNDS = 200; // of sending what is missing
    private static final int HEAD = 4 << 10; // of a frame, beside what it brings

    /// What became of a frame.
    sealed interface Carried {
        /// A host has answered.
        record Answered(ByteBuffer body) implements Carried {}

        /// A node could not begin with it, this time.
        record NotBegun(String why) implements Carried {}

        /// A node, or its host, is gone.
        record Lost(String why) implements Carried {}

        /// It can never be run.
        record Refused(String why) implements Carried {}

        /// The engine does not take it; others it may.
        record Rejected(String why) implements Carried {}

        /// Somebody else has cancelled it.
        record Stopped(String why) implements Carried {}

        /// It was cancelled.
        record Cancelled() implements Carried {}
    }

    private final ClusterTransport transport;
    private final Shelf shelf;
    private final AtomicLong numbers = new AtomicLong();
    final LongAdder sent = new LongAdder();
    final LongAdder received = new LongAdder();

    Carriage(ClusterTransport transport, Shelf shelf) {
        this.transport = transport;
        this.shelf = shelf;
    }

    ClusterTransport transport() {
        return transport;
    }

    /// One frame at a time on its way; used by one thread, cancelled by any.
    final class Trip {
        // guarded by this
        private long current = -1;
        private boolean cancelled;

        /// Ends whatever is on its way, and whatever would be.
        void cancel() {
            long id;
            synchronized (this) {
                cancelled = true;
                notifyAll();
                id = current;
            }
            if (id >= 0) {
                transport.cancel(id);
            }
        }

        synchronized boolean isCancelled() {
            return cancelled;
        }

        private synchronized boolean began(long id) {
            current = id;
            return !cancelled;
        }

        /// Carries a frame, and waits for what becomes of it.
        Carried carry(Frame frame, String node) throws InterruptedException {
            var next = frame;
            var lacked = new LinkedHashSet<String>();
            for (int round = 0; round < MOST_ROUNDS; round++) {
                Reply reply;
                try {
                    reply = Reply.of(once(next, node));
                } catch (CancellationException e) {
                    return new Carried.Cancelled();
                } catch (ExecutionException e) {
                    return isCancelled() ? new Carried.Cancelled() : failed(cause(e));
                } catch (IOException e) {
                    return new Carried.Refused(String.valueOf(e.getMessage()));
                }
                switch (reply.status()) {
                    case DONE -> {
                        return new Carried.Answered(reply.body());
                    }
                    case NOT_BEGUN -> {
                        return new Carried.NotBegun(reply.text());
                    }
                    case LOST -> {
                        return new Carried.Lost(reply.text());
                    }
                    case REFUSED -> {
                        return new Carried.Refused(reply.text());
                    }
                    case MISSING -> {
                        try {
                            next = frame.with(attached(frame, reply.missing(), lacked));
                        } catch (IOException e) {
                            return notAttached(frame, e);
                        }
                    }
                }
            }
            return new Carried.Refused("a node still lacked something after it was sent "
                    + MOST_ROUNDS + " times");
        }

        private Carried notAttached(Frame frame, IOException why) {
            if (isCancelled()) { // what a call had is gone when it has ended
                return new Carried.Cancelled();
            }
            var message = String.valueOf(why.getMessage());
            if (!(why instanceof Shelf.TooLargeException large)) {
                return new Carried.Refused(message);
            }
            int most = transport.capabilities().mostFrameBytes() - HEAD;
            if (large.bytes() <= most) { // fewer items leave room for it
                return new Carried.Rejected("items of " + Wire.size(frame.work()) + " bytes and"
                        + " the " + large.bytes() + " that a node lacks do not fit into a frame of "
                        + most);
            }
            return frame.needed().contains(large.hash()) // by this call, no other
                    ? new Carried.Rejected(message) : new Carried.Refused(message);
        }

        /// Waits for a time, or until it is cancelled.
        synchronized void pause(long millis) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            for (long left; !cancelled && (left = deadline - System.nanoTime()) > 0; ) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        }

        private byte[] once(Frame frame, String node)
                throws ExecutionException, InterruptedException {
            long id = numbers.incrementAndGet();
            if (!began(id)) {
                throw new CancellationException();
            }
            var submission = new Submission(id, frame.toPieces(), node);
            sent.add(submission.size());
            CompletableFuture<byte[]> answer = transport.submit(submission);
            if (isCancelled()) {
                transport.cancel(id); // Guard against race with a cancel before the submission
            }
            byte[] reply = answer.get();
            received.add(reply.length);
            return reply;
        }
    }

    /// Returns what a node lacks, and behind it what the nodes before lacked, as far as that may
    /// travel together: the next try may be at any of them, or at one that has nothing yet.
    private List<Frame.Blob> attached(Frame frame, List<String> missing, Set<String> lacked)
            throws IOException {
        var all = new LinkedHashSet<>(missing);
        all.addAll(lacked);
        lacked.addAll(missing);
        return shelf.some(List.copyOf(all), transport.capabilities().mostFrameBytes()
                - Math.toIntExact(Wire.size(frame.work())) - HEAD);
    }

    private static Throwable cause(Throwable failure) {
        var cause = failure;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private Carried failed(Throwable why) {
        if (why instanceof CancellationException) {
            return new Carried.Cancelled();
        }
        return switch (transport.classify(why)) {
            case NODE_LOST -> new Carried.Lost("the engine has lost a node: " + why);
            case CANCELLED -> new Carried.Stopped(String.valueOf(why.getMessage()));
            case REJECTED -> new Carried.Rejected(
                    transport.capabilities().engine() + " does not take it: " + why);
            case ENGINE_LOST -> new Carried.Refused(
                    transport.capabilities().engine() + " does not take work: " + why);
        };
    }
}
