package dev.mitosis.internal.worker;

import dev.mitosis.internal.Credits;
import dev.mitosis.internal.Gone;
import dev.mitosis.internal.Upstream;
import dev.mitosis.internal.link.Control;
import dev.mitosis.internal.link.ControlChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Answers the parent's messages, whatever the worker is running; its end is the worker's end.
final class ControlLoop implements Runnable, PullLoader.ParentProcess, Upstream {
    /// What the parent says about items.
    interface Items {
        void skip(long call, long index);

        void interrupt(long ticket);
    }

    private final ControlChannel channel;
    private final Items items;
    private final Thread runner = Thread.currentThread();
    private final Credits credits = new Credits();
    private final AtomicInteger questions = new AtomicInteger();
    private final Map<Integer, CompletableFuture<byte @Nullable []>> open =
            new ConcurrentHashMap<>();
    private final Map<Integer, Consumer<ByteBuffer>> calls = new ConcurrentHashMap<>();

    // Not the threads that want something to be sent: tasks run on them, and an interrupt of their
    // item would close the socket, and with it end the worker.
    private final ExecutorService sender = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("mitosis-sender").factory());

    /// Makes one; on the thread for which this process is there.
    ControlLoop(ControlChannel channel, Items items) {
        this.channel = channel;
        this.items = items;
    }

    /// {@return how many messages of items may still be sent}
    Credits credits() {
        return credits;
    }

    @Override
    public void run() {
        try {
            while (true) {
                answer(channel.receive());
            }
        } catch (IOException e) {
            OrphanGuard.parentIsGone();
        } catch (Throwable e) {
            end(e);
        }
    }

    /// Ends this process, whatever it is doing: what the parent has sent, or was to be sent, is
    /// lost, as when the heap is full, and somebody would wait for it for ever.
    @SuppressWarnings("CatchAndPrintStackTrace") // standard error goes to the death report
    private static void end(Throwable why) {
        try {
            why.printStackTrace();
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }

    private void answer(ByteBuffer message) throws IOException {
        switch (message.get()) {
            case Control.SKIP -> items.skip(message.getLong(), message.getLong());
            case Control.INTERRUPT -> items.interrupt(message.getLong());
            case Control.DUMP -> dump(message.getInt());
            case Control.CLASS -> found(message);
            case Control.GONE -> Gone.tellSoon();
            case Control.ANSWERED -> answered(message);
            case Control.HEARD -> credits.giveBack(message.getInt());
            default -> throw new IOException("the parent sent a message of no known type");
        }
    }

    private void dump(int number) throws IOException {
        byte[] text = StackDump.ofAllThreads().getBytes(StandardCharsets.UTF_8);
        channel.send(ControlChannel.message(Control.DUMPED, 4 + text.length)
                .putInt(number).put(text));
    }

    private void found(ByteBuffer message) {
        var question = open.remove(message.getInt());
        if (question != null) {
            boolean found = message.get() != 0;
            byte[] bytes = new byte[message.remaining()];
            message.get(bytes);
            question.complete(found ? bytes : null);
        }
    }

    @Override
    public byte @Nullable [] fetch(String resourceName) throws IOException {
        int number = questions.incrementAndGet();
        var answer = new CompletableFuture<byte @Nullable []>();
        open.put(number, answer);
        byte[] name = resourceName.getBytes(StandardCharsets.UTF_8);
        var message = ControlChannel.message(Control.WANTED, 4 + name.length)
                .putInt(number).put(name);
        sender.execute(() -> ask(message, answer));
        return await(answer);
    }

    private void ask(ByteBuffer message, CompletableFuture<byte @Nullable []> answer) {
        try {
            channel.send(message);
        } catch (IOException e) {
            answer.completeExceptionally(e);
        } catch (Throwable e) {
            end(e);
        }
    }

    /// Says something that has no answer.
    void tell(byte what) {
        sender.execute(() -> send(ControlChannel.message(what, 0)));
    }

    @Override
    public void fetched(long bytes) {
        sender.execute(() -> send(ControlChannel.message(Control.FETCHED, 8).putLong(bytes)));
    }

    @Override
    public int call(ByteBuffer call, @Nullable Consumer<ByteBuffer> answer) {
        int number = questions.incrementAndGet();
        if (answer != null) {
            calls.put(number, answer);
        }
        var message = ControlChannel.message(Control.CALLED, 4 + call.remaining())
                .putInt(number).put(call);
        sender.execute(() -> send(message));
        return number;
    }

    @Override
    public void stop(int number) {
        sender.execute(() -> send(ControlChannel.message(Control.STOPPED, 4).putInt(number)));
    }

    private void answered(ByteBuffer message) {
        var call = calls.remove(message.getInt());
        if (call != null) {
            call.accept(message);
        }
    }

    @Override
    public Thread runner() {
        return runner;
    }

    private void send(ByteBuffer message) {
        try {
            channel.send(message);
        } catch (IOException e) {
            OrphanGuard.parentIsGone();
        } catch (Throwable e) {
            end(e);
        }
    }

    /// Waits for the parent, which answers or is gone; an interrupt of the item waits so long.
    private static byte @Nullable [] await(CompletableFuture<byte @Nullable []> answer)
            throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IOException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
