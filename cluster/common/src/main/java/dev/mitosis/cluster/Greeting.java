package dev.mitosis.cluster;

import dev.mitosis.agent.NodeFacts;
import dev.mitosis.cluster.Carriage.Carried;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The first frame: before any item is taken, a node has answered.
///
/// @param carriage the way there
/// @param session the pool
/// @param settings how long it may take
record Greeting(Carriage carriage, Session session, ClusterSettings settings) {
    /// Greets a node.
    ///
    /// @throws ClusterException if none answers as it should
    void greet() {
        var engine = carriage.transport().capabilities().engine();
        var trip = carriage.new Trip();
        var answer = new CompletableFuture<Carried>();
        Thread.ofVirtual().name("mitosis-greeting").start(() -> greet(trip, answer));
        try {
            check(engine, answer.get(settings.startTimeout().toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            trip.cancel();
            throw new ClusterException("no node of " + engine + " answered within "
                    + settings.startTimeout().toSeconds() + " s: are all slots taken by others, or"
                    + " can nodes not reach this machine?", e);
        } catch (InterruptedException e) {
            trip.cancel();
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted while waiting for a node's answer", e);
        } catch (ExecutionException e) {
            throw new ClusterException("a node could not be greeted: " + e.getCause(), e);
        }
    }

    private void greet(Carriage.Trip trip, CompletableFuture<Carried> answer) {
        try {
            answer.complete(trip.carry(session.hello(), ""));
        } catch (InterruptedException | RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    private static void check(String engine, Carried carried) {
        switch (carried) {
            case Carried.Answered(var body) -> {
                try {
                    var _ = NodeFacts.of(body);
                } catch (IOException e) {
                    throw new ClusterException("a node answered something else than what it is: "
                            + e.getMessage(), e);
                }
            }
            case Carried.Lost(var why) -> throw new ClusterException(
                    "the first node of " + engine + " was lost as it was greeted: " + why);
            case Carried.NotBegun(var why) -> throw new ClusterException(why);
            case Carried.Refused(var why) -> throw new ClusterException(why);
            case Carried.Rejected(var why) -> throw new ClusterException(why);
            case Carried.Stopped(var why) -> throw new ClusterException(
                    "somebody has cancelled the first frame at " + engine + ": " + why);
            case Carried.Cancelled() ->
                    throw new ClusterException(engine + " has cancelled the first frame");
        }
    }
}
