package dev.mitosis.workers;

import dev.mitosis.WorkerContext;
import dev.mitosis.internal.link.Control;
import dev.mitosis.internal.link.ControlChannel;
import dev.mitosis.internal.link.LinkMemory;
import dev.mitosis.internal.link.RingWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// What a task can do to the link of its own worker: it is all in the same process.
public final class Sabotage {
    private Sabotage() {}

    private static Object field(Object owner, String name) {
        try {
            var field = owner.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(owner);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /// {@return the worker's end of its control socket}
    static ControlChannel control() {
        return (ControlChannel) field(controlLoop(), "channel");
    }

    /// {@return whether the control socket is open}
    public static boolean isConnected() {
        return ((SocketChannel) field(control(), "socket")).isOpen();
    }

    private static Object controlLoop() {
        return field(Thread.currentThread().getContextClassLoader(), "parentProcess");
    }

    private static Object link() {
        return field(field(WorkerContext.current(), "outbox"), "link");
    }

    /// Writes bytes into the control socket, past whatever frames them.
    ///
    /// @param bytes the bytes
    /// @throws IOException if the socket is closed
    public static void shout(byte... bytes) throws IOException {
        var socket = (SocketChannel) field(control(), "socket");
        for (var left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) {
            socket.write(left);
        }
    }

    /// Sends a message whose type and body are these.
    static void send(int type, byte... body) throws IOException {
        control().send(ControlChannel.message((byte) type, body.length).put(body));
    }

    /// Has the worker's control thread wait for ever, so that nobody reads its control socket any more.
    static void deafen() throws IOException {
        var answer = new CompletableFuture<byte[]>();
        var deaf = new CompletableFuture<Void>();
        var never = answer.thenRun(() -> { // on the thread that brings the answer
            deaf.complete(null);
            new CompletableFuture<Void>().join();
        });
        ask(answer);
        deaf.join();
        if (never.isDone()) {
            throw new IllegalStateException("it still hears");
        }
    }

    /// Has the worker's control thread fail, as it does when the heap is full.
    static void stun() throws IOException {
        ask(new CompletableFuture<>() {
            @Override
            public boolean complete(byte[] value) { // on the thread that brings the answer
                throw new OutOfMemoryError("not really");
            }
        });
    }

    private static void ask(CompletableFuture<byte[]> answer) throws IOException {
        @SuppressWarnings("unchecked")
        var open = (Map<Integer, CompletableFuture<byte[]>>) field(controlLoop(), "open");
        open.put(0, answer);
        send(Control.WANTED, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 'x');
    }

    /// Writes bytes into the reply ring, and wakes the parent.
    static void reply(byte... bytes) {
        try {
            var link = link();
            var write = link.getClass().getDeclaredMethod("write", byte[].class, int.class, int.class);
            write.setAccessible(true);
            write.invoke(link, bytes, 0, bytes.length);
            wake(link);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /// Says that so many more bytes were written into the reply ring than were, and wakes the parent.
    static void claim(long more) {
        try {
            var link = link();
            var ring = (RingWriter) field(link, "replies");
            while (!ring.isDrained()) { // else the parent cannot tell that there is less than there was
                Thread.onSpinWait();
            }
            var tail = ring.getClass().getDeclaredField("tail");
            tail.setAccessible(true);
            tail.setLong(ring, tail.getLong(ring) + more);
            reply();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static void wake(Object link) throws ReflectiveOperationException {
        var wake = link.getClass().getDeclaredMethod("wakeParent", long.class);
        wake.setAccessible(true);
        java.lang.invoke.VarHandle.fullFence();
        wake.invoke(link, LinkMemory.ASLEEP);
    }

    /// Stays until it is killed.
    static void stay() throws InterruptedException {
        Thread.sleep(60_000);
    }
}
