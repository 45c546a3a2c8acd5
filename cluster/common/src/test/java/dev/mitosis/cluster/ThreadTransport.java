package dev.mitosis.cluster;

import dev.mitosis.agent.Agent;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/// An engine that is a few threads of this JVM: the agent is real, and so are the host and its workers.
///
/// @param threads the slots of its one node
/// @param running the submissions that are under way
/// @param slots how many there are
record ThreadTransport(ExecutorService threads, Map<Long, Under> running, int slots)
        implements ClusterTransport {

    /// A submission under way.
    ///
    /// @param thread what its thread does
    /// @param answer what it will answer
    private record Under(Future<?> thread, CompletableFuture<byte[]> answer) {}

    static ThreadTransport of(int slots) {
        return new ThreadTransport(Executors.newFixedThreadPool(
                slots, Thread.ofPlatform().daemon().name("engine-", 0).factory()), new ConcurrentHashMap<>(), slots);
    }

    @Override
    public CompletableFuture<byte[]> submit(Submission submission) {
        var answer = new CompletableFuture<byte[]>();
        try {
            running.put(submission.id(), new Under(threads.submit(() -> handle(submission, answer)), answer));
        } catch (RejectedExecutionException e) { // one thread may close the pool while another terminates it
            answer.completeExceptionally(e);
        }
        var _ = answer.whenComplete((_, _) -> running.remove(submission.id()));
        return answer;
    }

    private static void handle(Submission submission, CompletableFuture<byte[]> answer) {
        try {
            answer.complete(Agent.handle(submission.frame()));
        } catch (InterruptedException e) {
            answer.completeExceptionally(new CancellationException());
        } catch (Throwable e) {
            answer.completeExceptionally(e);
        }
    }

    @Override
    public void cancel(long id) {
        var under = running.get(id);
        if (under != null) {
            under.thread().cancel(true); // one that has not begun never will
            under.answer().completeExceptionally(new CancellationException());
        }
    }

    @Override
    public void watchMembers(Consumer<MemberEvent> listener) {
        listener.accept(new MemberEvent.Joined("threads", slots));
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities("threads", 64 << 20, Duration.ofMillis(20), true, false);
    }

    @Override
    public Failure classify(Throwable failure) {
        return failure instanceof IllegalStateException ? Failure.NODE_LOST : Failure.REJECTED;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
