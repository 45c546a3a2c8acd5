package dev.mitosis.internal.broadcast;

import dev.mitosis.internal.StandIn;
import dev.mitosis.internal.Uninterrupted;
import dev.mitosis.internal.Upstream;
import dev.mitosis.internal.codec.ByteSource;
import dev.mitosis.internal.codec.ValueReader;
import dev.mitosis.internal.launch.ShareFolder;
import dev.mitosis.share.Shared;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A shared value as a worker has it: read from its file when it is first asked for.
///
/// @param <T> the type of the value
final class Arrival<T> implements Shared<T>, StandIn.Source {
    @Serial
    private static final long serialVersionUID = 1;

    /// Bytes whose memory is worth a collection.
    static final long LARGE = 1 << 20;

    private static final int WINDOW = 1 << 20;

    private final transient Path file;
    private final transient ReentrantLock reading = new ReentrantLock();

    // written under reading
    private transient volatile @Nullable Content content;

    /// What was read.
    ///
    /// @param value the value
    /// @param size how many bytes it was
    private record Content(@Nullable Object value, long size) {}

    Arrival(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // it is what was shared; null is legal
    public T get() {
        var known = content;
        return (T) (known == null ? first() : known).value();
    }

    private Content first() {
        reading.lock();
        try {
            var known = content;
            if (known == null) {
                known = read();
                content = known;
            }
            return known;
        } finally {
            reading.unlock();
        }
    }

    /// A process that is no worker has no parent whose files it could believe.
    private Content read() {
        var parent = Upstream.here();
        if (parent == null) {
            throw new IllegalStateException(
                    "a value that another process shares is read by its workers only");
        }
        try {
            ShareFolder.requireShared(file);
            var read = Uninterrupted.run(this::readOnce);
            parent.fetched(read.size());
            return read;
        } catch (NoSuchFileException e) {
            throw new IllegalStateException(
                    "a shared value is gone: who shared it has closed it, or has ended", e);
        } catch (IOException e) {
            throw new UncheckedIOException("a shared value cannot be read: " + e.getMessage(), e);
        }
    }

    private Content readOnce() throws IOException {
        try (var channel = FileChannel.open(
                file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            var loader = Thread.currentThread().getContextClassLoader();
            var read = new ValueReader(new FileSource(channel), loader, null).read();
            return new Content(read, channel.size());
        }
    }

    boolean isGone() {
        return Files.notExists(file);
    }

    /// Lets go of the value, for whoever still has this.
    ///
    /// @return how many bytes were read for it
    long drop() {
        reading.lock();
        try {
            var known = content;
            content = null;
            return known == null ? 0 : known.size();
        } finally {
            reading.unlock();
        }
    }

    @Override
    public void close() {
        // It is the owner's to close: other items of this worker use it, too.
    }

    @Override
    public String toString() {
        return "Shared[in " + file + "]";
    }

    @Override
    public Record standIn() {
        return new BroadcastHandle(file.toString());
    }

    @Serial
    private Object writeReplace() {
        return standIn();
    }

    @Serial
    private Object readResolve() throws InvalidObjectException {
        throw new InvalidObjectException("a shared value is read from its handle");
    }

    /// The bytes of a file, window by window.
    private static final class FileSource extends ByteSource {
        private final FileChannel channel;
        private final long size;
        private final byte[] bytes = new byte[WINDOW]; // the same, or the young generation fills

        FileSource(FileChannel channel) throws IOException {
            this.channel = channel;
            size = channel.size();
        }

        /// What whoever shares it has written is there.
        @Override
        protected int believed() {
            return (int) Math.min(size, Integer.MAX_VALUE);
        }

        @Override
        protected boolean refill() throws IOException {
            int read = channel.read(ByteBuffer.wrap(bytes));
            if (read <= 0) {
                return false;
            }
            window(bytes, 0, read);
            return true;
        }

        /// In steps, since each thread keeps a buffer of the longest that it has ever read.
        @Override
        protected void readBeyond(byte[] into, int offset, int length) throws IOException {
            for (int done = 0; done < length; ) {
                int step = Math.min(WINDOW, length - done);
                int read = channel.read(ByteBuffer.wrap(into, offset + done, step));
                if (read < 0) {
                    throw new IOException("the file ends in the middle of the value");
                }
                done += read;
            }
        }
    }
}
