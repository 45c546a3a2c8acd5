package dev.mitosis.internal.link;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/// The memory that a parent and one worker both map, laid out by [LinkLayout].
///
/// Its file is filled with zeros before it is mapped: a full disk is an IOException then, and not
/// the signal that would kill a JVM later.
public final class LinkMemory implements AutoCloseable {
    /// The parent's flag when it is to be woken by whatever comes.
    public static final long ASLEEP = 1;

    /// The parent's flag when it will look by itself soon, and needs to be woken only by a worker
    /// that has nothing left to do.
    public static final long NAPPING = 2;

    private final Arena arena;
    private final ByteBuffer memory;
    private final Words words;

    /// Lays it over memory, of which only what is used has to be there.
    LinkMemory(Arena arena, ByteBuffer memory) {
        this.arena = arena;
        this.memory = memory;
        words = new Words(memory);
    }

    /// Makes the memory, in the parent.
    ///
    /// @param file where; must not exist yet
    /// @return the memory, to be closed
    /// @throws IOException if there is no room for it
    public static LinkMemory create(Path file) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(file, options, ownerOnly(file))) {
            var zeros = ByteBuffer.allocate(64 << 10);
            for (long at = 0; at < LinkLayout.SIZE; at += zeros.limit()) {
                zeros.rewind().limit((int) Math.min(zeros.capacity(), LinkLayout.SIZE - at));
                while (zeros.hasRemaining()) {
                    channel.write(zeros, at + zeros.position());
                }
            }
            @SuppressWarnings("MustBeClosedChecker") // closed by LinkMemory.close
            var memory = map(channel, Arena.ofShared());
            memory.set(LinkLayout.MAGIC_AT, LinkLayout.MAGIC);
            return memory;
        }
    }

    /// Maps the memory that the parent has made, in the worker, for as long as that lives.
    ///
    /// @param file where it is
    /// @return the memory
    /// @throws IOException if it is not there, or is not of this version
    public static LinkMemory attach(Path file) throws IOException {
        var options = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(file, options)) {
            var memory = map(channel, Arena.global());
            if (memory.get(LinkLayout.MAGIC_AT) != LinkLayout.MAGIC) {
                throw new IOException(file + " is not the memory of a link of this version");
            }
            return memory;
        }
    }

    /// In an arena also where it lives for ever: a buffer mapped without one is made by reflection,
    /// which takes 20 ms of a worker's start.
    private static LinkMemory map(FileChannel channel, Arena arena) throws IOException {
        var mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, LinkLayout.SIZE, arena);
        return new LinkMemory(arena, mapped.asByteBuffer());
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }

    /// {@return the end of the request ring that the parent writes}
    public RingWriter requestWriter() {
        return new RingWriter(memory, LinkLayout.REQUEST_TAIL, LinkLayout.REQUEST_HEAD,
                LinkLayout.REQUEST_RING);
    }

    /// {@return the end of the request ring that the worker reads}
    public RingReader requestReader() {
        return new RingReader(memory, LinkLayout.REQUEST_TAIL, LinkLayout.REQUEST_HEAD,
                LinkLayout.REQUEST_RING);
    }

    /// {@return the end of the reply ring that the worker writes}
    public RingWriter replyWriter() {
        return new RingWriter(memory, LinkLayout.REPLY_TAIL, LinkLayout.REPLY_HEAD,
                LinkLayout.REPLY_RING);
    }

    /// {@return the end of the reply ring that the parent reads}
    public RingReader replyReader() {
        return new RingReader(memory, LinkLayout.REPLY_TAIL, LinkLayout.REPLY_HEAD,
                LinkLayout.REPLY_RING);
    }

    /// {@return the flag that the worker sets before it sleeps}
    public Flag workerAsleep() {
        return new Flag(LinkLayout.WORKER_ASLEEP);
    }

    /// {@return the flag that the parent sets before it sleeps}
    public Flag parentAsleep() {
        return new Flag(LinkLayout.PARENT_ASLEEP);
    }

    /// {@return the flag that the parent sets when the request ring is too full}
    public Flag requestWanted() {
        return new Flag(LinkLayout.REQUEST_WANTED);
    }

    /// {@return the flag that the worker sets when the reply ring is too full}
    public Flag replyWanted() {
        return new Flag(LinkLayout.REPLY_WANTED);
    }

    /// {@return the flag that the worker raises while it does not fence after each outcome}
    public Flag lazy() {
        return new Flag(LinkLayout.LAZY);
    }

    /// {@return the words by which a worker claims items and its parent takes others back}
    public Claims claims() {
        return new Claims(memory, LinkLayout.CLAIMED, LinkLayout.LIMIT);
    }

    /// {@return the status word: ticket << 1, and 1 more while it is being interrupted}
    public long running() {
        return get(LinkLayout.RUNNING);
    }

    /// Stores the status word, after whatever was written before.
    ///
    /// @param word the new value
    public void running(long word) {
        words.release(LinkLayout.RUNNING, word);
    }

    /// Stores in the status word that no item runs, as a full fence.
    public void rest() {
        words.store(LinkLayout.RUNNING, 0);
    }

    /// Stores the status word if it has not changed.
    ///
    /// @param expected what it should be
    /// @param word the new value
    /// @return whether it was that
    public boolean casRunning(long expected, long word) {
        return words.cas(LinkLayout.RUNNING, expected, word);
    }

    private long get(int offset) {
        return words.acquire(offset);
    }

    private void set(int offset, long value) {
        words.store(offset, value);
    }

    /// Unmaps the memory; whoever uses it after that gets an IllegalStateException.
    @Override
    public void close() {
        arena.close();
    }

    /// A word that one side raises and the other lowers.
    public final class Flag {
        private final int offset;

        private Flag(int offset) {
            this.offset = offset;
        }

        /// Raises the flag, as a full fence.
        public void raise() {
            raise(1);
        }

        /// Raises the flag, as a full fence.
        ///
        /// @param height how far; 0 is not at all
        public void raise(long height) {
            words.store(offset, height);
        }

        /// Lowers the flag.
        public void lower() {
            words.store(offset, 0);
        }

        /// {@return whether it is raised}
        public boolean isRaised() {
            return height() != 0;
        }

        /// {@return how far it is raised}
        public long height() {
            return words.acquire(offset);
        }

        /// Lowers the flag, for whoever rings then, in any case: a flag that was raised anew just
        /// before it is lowered here is answered by that ring, and two who lower it at once ring
        /// twice. So whoever is woken raises it again before the next sleep. The caller has
        /// published, then fenced.
        ///
        /// @return whether it was raised
        public boolean take() {
            if (!isRaised()) {
                return false;
            }
            words.release(offset, 0);
            return true;
        }
    }
}
