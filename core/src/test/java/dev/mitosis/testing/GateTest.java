package dev.mitosis.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.EOFException;
import java.nio.channels.ClosedByInterruptException;
import org.junit.jupiter.api.Test;

/// The gate on which all tests of running items stand.
class GateTest {
    @Test
    void an_item_passes_when_it_is_let_go() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var call = Calls.start(() -> door.pass("x"));
            var visitor = gate.arrivalOf("x");
            assertFalse(call.isDone());
            assertEquals(ProcessHandle.current().pid(), visitor.pid());

            visitor.release();

            assertEquals("x", call.get());
        }
    }

    @Test
    void an_interrupted_item_is_gone() {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var failure = new java.util.concurrent.CompletableFuture<Throwable>();
            var thread = Thread.ofPlatform().start(() -> {
                try {
                    door.pass("x");
                } catch (Exception e) {
                    failure.complete(e);
                }
            });
            var visitor = gate.arrival();

            thread.interrupt();

            visitor.awaitGone();
            assertEquals(ClosedByInterruptException.class, failure.join().getClass());
        }
    }

    @Test
    void a_stubborn_item_comes_back() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var passed = new java.util.concurrent.CompletableFuture<String>();
            var thread = Thread.ofPlatform().start(() -> {
                try {
                    passed.complete(door.passStubbornly("x"));
                } catch (Exception e) {
                    passed.completeExceptionally(e);
                }
            });
            gate.arrivalOf("x");

            thread.interrupt();
            gate.arrivalOf("x").release();

            assertEquals("x", passed.get());
        }
    }

    @Test
    void an_open_gate_lets_everyone_pass() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            gate.open();

            assertEquals(1, door.pass(1));
            assertEquals(2, door.passUnchecked(2));
        }
    }

    @Test
    void a_closed_gate_fails_those_who_wait() {
        var gate = Gate.create();
        var door = gate.door();
        var call = Calls.start(() -> door.pass("x"));
        gate.arrival();

        gate.close();

        Calls.failureOf(call, EOFException.class);
    }
}
