package dev.mitosis.process;

import dev.mitosis.CallInterruptedException;
import dev.mitosis.NotReadableException;
import dev.mitosis.internal.Deadline;
import dev.mitosis.internal.StandIn;
import dev.mitosis.internal.codec.ByteSink;
import dev.mitosis.internal.codec.ByteSource;
import dev.mitosis.internal.codec.ResultFilter;
import dev.mitosis.internal.codec.ValueReader;
import dev.mitosis.internal.codec.ValueWriter;
import dev.mitosis.internal.link.Message;
import dev.mitosis.spi.Bytes;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import java.io.Serial;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One end of a connection in this process: an inbox, and the sink where its messages go.
///
/// ```text
///            standIn()             close()
///   OPEN ──┬───────────► GONE       (nothing more to do: the end is elsewhere)
///          └───────────► CLOSED
///             close()
/// ```
final class Conversation implements Connection, StandIn.Source, Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();
    private static final ObjectInputFilter FILTER = ResultFilter.of(List.of());

    private enum State { OPEN, GONE, CLOSED }

    private final transient Inbox inbox;
    private final transient Sink outlet;
    private final transient Claim claim; // that it is used here
    private final transient AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    Conversation(Inbox inbox, Sink outlet) {
        this(inbox, outlet, new Claim());
    }

    private Conversation(Inbox inbox, Sink outlet, Claim claim) {
        this.inbox = inbox;
        this.outlet = outlet;
        this.claim = claim;
    }

    /// Makes one over a socket.
    static Conversation over(Wire.Opener opener) {
        return over(opener, new Claim());
    }

    /// Makes one over a socket that opens when the other side has granted the claim.
    static Conversation over(Wire.Opener opener, Claim claim) {
        var inbox = new Inbox();
        return new Conversation(inbox, Wire.start(opener, inbox), claim);
    }

    /// {@return the inbox, to be used from now on}
    Inbox inbox() {
        claim.use();
        return inbox;
    }

    Sink outlet() {
        claim.use();
        return outlet;
    }

    // -- sending -----------------------------------------------------------------------------

    @Override
    public void send(@Nullable Object message) throws IOException {
        inbox.ensureUsable();

        var sink = new ByteSink(256);
        new ValueWriter(sink).write(message);
        put(Message.object(sink));
    }

    @Override
    public void sendBytes(ByteBuffer bytes) throws IOException {
        inbox.ensureUsable();

        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        put(new Message(Message.Kind.BYTES, Bytes.of(copy)));
        bytes.position(bytes.limit());
    }

    private void put(Message message) throws IOException {
        try {
            outlet().put(message);
        } catch (InterruptedException e) {
            throw interrupted("send; the message may still arrive, and whole");
        }
    }

    // -- receiving ---------------------------------------------------------------------------

    @Override
    public @Nullable Object receive() throws IOException {
        return decode(Objects.requireNonNull(take(Message.Kind.OBJECT, FOREVER)));
    }

    @Override
    public @Nullable Object receive(Duration patience) throws IOException, TimeoutException {
        var message = take(Message.Kind.OBJECT, patience);
        if (message == null) {
            throw new TimeoutException("no message came within " + patience);
        }
        return decode(message);
    }

    @Override
    public ByteBuffer receiveBytes() throws IOException {
        var body = Objects.requireNonNull(take(Message.Kind.BYTES, FOREVER)).body();
        byte[] all = new byte[(int) body.size()];
        ByteSource.of(body).readFully(all, 0, all.length);
        return ByteBuffer.wrap(all);
    }

    private @Nullable Message take(Message.Kind kind, Duration patience) throws IOException {
        try {
            return inbox().take(kind, deadline(patience));
        } catch (InterruptedException e) {
            throw interrupted("receive; nothing is lost");
        }
    }

    @Override
    public boolean poll(Duration patience) {
        try {
            return inbox().awaitReady(deadline(patience));
        } catch (InterruptedException e) {
            throw interrupted("poll");
        }
    }

    static Deadline deadline(Duration patience) {
        return Deadline.in(patience.isNegative() ? Duration.ZERO : patience);
    }

    static CallInterruptedException interrupted(String what) {
        Thread.currentThread().interrupt();
        return new CallInterruptedException("this thread was interrupted in " + what);
    }

    private static @Nullable Object decode(Message message) {
        var context = Thread.currentThread().getContextClassLoader();
        var loader = context == null ? ClassLoader.getSystemClassLoader() : context;
        try {
            return new ValueReader(ByteSource.of(message.body()), loader, FILTER).read();
        } catch (IOException e) {
            throw new NotReadableException("a message is corrupt: " + e.getMessage(), e);
        }
    }

    // -- ends --------------------------------------------------------------------------------

    @Override
    public void close() {
        if (state.compareAndSet(State.OPEN, State.CLOSED)) {
            inbox.refuse("this connection is closed");
            inbox.discard();
            outlet().end(End.CLOSED);
        }
    }

    /// Gives this end away: whoever has the record first uses it from then on.
    @Override
    public Record standIn() {
        if (state.get() == State.CLOSED) {
            inbox.ensureUsable();
        }

        claim.use();
        var handle = Doors.HERE.offer(this);
        if (state.compareAndSet(State.OPEN, State.GONE)) {
            inbox.refuse("this end of the connection was sent to a task, a child or another"
                    + " process, and is used there");
        }
        return handle;
    }

    @Serial
    private Object writeReplace() {
        return standIn();
    }

    @Serial
    private Object readResolve() throws InvalidObjectException {
        throw new InvalidObjectException("a connection is read from its handle");
    }
}
