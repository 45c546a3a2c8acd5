package dev.mitosis.faults.moments;

import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Ledger;
import dev.mitosis.testing.Processes;
import dev.mitosis.workers.Sabotage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;

/// What can end a worker: signals from outside, and what a thread that a task has left behind does.
enum Harm {
    HALT("ended with exit status 7 (halt or native exit)") {
        @Override
        void within() {
            Runtime.getRuntime().halt(7);
        }
    },
    EXIT("called System.exit(8)") {
        @Override
        void within() {
            System.exit(8);
        }
    },
    HEAP("its heap of 64m was exhausted") {
        @Override
        void within() {
            var all = new ArrayList<byte[]>();
            while (all.size() < Integer.MAX_VALUE) {
                all.add(new byte[1 << 20]);
            }
        }
    },
    GROWTH("over the limit of 200 MiB") {
        @Override
        void within() {
            Arena.global().allocate(200 << 20).fill((byte) 1);
        }
    },
    FOREIGN_BYTES("was killed, since it sent what cannot be: a message claims to be -1 bytes long") {
        @Override
        void within() throws IOException {
            byte minus = -1;
            Sabotage.shout(minus, minus, minus, minus);
        }
    },
    KILL("was killed by SIGKILL (exit status 137)"),
    ABRT("crashed (exit status 134, SIGABRT");

    /// What the report of a death says of it.
    final String cause;

    Harm(String cause) {
        this.cause = cause;
    }

    /// Does it, in the worker; signals come from outside.
    void within() throws IOException {
        throw new IllegalStateException(this + " comes from outside");
    }

    private boolean isSignal() {
        return this == KILL || this == ABRT;
    }

    /// Prepares for it, in the initializer of a worker.
    static void lieInWait(Gate.Door door, Ledger orders) {
        // not in a task: it is to be there whatever the worker is doing
        Thread.ofPlatform().daemon().name("harm").start(() -> obey(door, orders));
    }

    private static void obey(Gate.Door door, Ledger orders) {
        try {
            door.pass(nameOf(ProcessHandle.current().pid()));
            valueOf(orders.notes().getLast()).within();
            orders.note("done");
        } catch (IOException e) {
            // the test is over, and nobody wants it
        }
    }

    private static String nameOf(long pid) {
        return "harm in " + pid;
    }

    /// Does it, from the test.
    void strike(long pid, Gate gate, Ledger orders) throws IOException {
        var inside = gate.arrivalOf(nameOf(pid));
        if (isSignal()) {
            Processes.signal(name(), pid);
        } else {
            orders.note(name());
            inside.release();
        }
    }
}
