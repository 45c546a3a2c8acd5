package dev.mitosis.bench.scale;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/// A call on a cluster, event by event, in simulated time.
///
/// ```text
///   take --> frames --> a free slot --> bytes --> reading, in order --> take
///           (driver)     (a node)      (wire)        (driver)
/// ```
/// Each is a queue: `frames`, `bytes` and `reading` serve one frame at a time, the nodes one for
/// each slot. A frame holds a seat from when it is taken until its results have arrived; there are
/// twice as many seats as slots. Of a call of many frames the first ones are simulated, and the
/// others take as long as those did once they were in step.
final class Simulation {
    private static final int MOST_FRAMES = 100_000; // that are simulated
    private static final int IN_STEP = MOST_FRAMES / 3;
    private static final long MOST_HELD = 64L << 20; // bytes, after which nothing more is taken
    private static final double SPREAD = 0.1; // of how long frames of one size run
    private static final double HOUR = 3_600e9; // nanoseconds
    private static final double MIB = 1 << 20;

    private enum Stage { SENT, RAN, ARRIVED, READ }

    /// Items that travel together.
    private record Frame(long number, long items) {}

    /// A frame comes to the end of a stage.
    private record Event(double time, Stage stage, Frame frame) {}

    /// One that serves frames, in order, a few at a time.
    private static final class Server {
        final ArrayDeque<Frame> queue = new ArrayDeque<>();
        int free;
        double busy;

        Server(int places) {
            free = places;
        }
    }

    private final Engine engine;
    private final Load load;
    private final int slots;
    private final double read; // nanoseconds the caller takes for each result
    private final Random random = new Random(1);
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingDouble(Event::time));
    private final Map<Stage, Server> servers = new HashMap<>();
    private final Map<Long, Frame> arrived = new HashMap<>(); // not read yet, by number

    private double now;
    private long left;
    private long taken; // frames
    private long handedOut; // frames
    private long open; // items that are taken and not handed out
    private int underWay;
    private long held; // bytes
    private long mostHeld;

    /// Makes one.
    ///
    /// @param slots how many all nodes have
    /// @param read how long the caller takes for each result, nanoseconds
    Simulation(Engine engine, Load load, int slots, double read) {
        this.engine = engine;
        this.load = load;
        this.slots = slots;
        this.read = read;
        left = load.items();
        for (var stage : Stage.values()) {
            servers.put(stage, new Server(stage == Stage.RAN ? slots : 1));
        }
    }

    /// {@return what the call comes to}
    Estimate run() {
        double inStep = 0;
        long doneInStep = 0;
        take();
        while (!events.isEmpty() && handedOut < MOST_FRAMES) {
            next(events.remove());
            if (handedOut == IN_STEP && inStep == 0) {
                inStep = now;
                doneInStep = done();
            }
        }
        double all = done() == load.items() ? now
                : now + (load.items() - done()) * (now - inStep) / (done() - doneInStep);
        return new Estimate(all / HOUR, load.items() * load.nanos() / all / slots,
                share(Stage.SENT), share(Stage.ARRIVED), share(Stage.READ), mostHeld / MIB);
    }

    private long done() {
        return load.items() - left - open;
    }

    private double share(Stage stage) {
        return server(stage).busy / now;
    }

    private Server server(Stage stage) {
        return java.util.Objects.requireNonNull(servers.get(stage));
    }

    private void take() {
        int seats = 2 * slots;
        while (left > 0 && underWay < seats && (held <= MOST_HELD || open == 0)) {
            long items = load.next(left, open, seats, engine.lease(seats));
            if (items == 0) {
                return;
            }
            items = Math.min(items, left);
            left -= items;
            open += items;
            underWay++;
            come(Stage.SENT, new Frame(taken++, items));
        }
    }

    /// A frame comes to a stage, and waits there if nobody is free.
    private void come(Stage stage, Frame frame) {
        server(stage).queue.add(frame);
        serve(stage);
    }

    private void serve(Stage stage) {
        var server = server(stage);
        while (server.free > 0 && !server.queue.isEmpty()) {
            server.free--;
            var frame = server.queue.remove();
            double time = time(stage, frame);
            server.busy += time;
            events.add(new Event(now + time, stage, frame));
        }
    }

    private double time(Stage stage, Frame frame) {
        return switch (stage) {
            case SENT -> engine.frame();
            case RAN -> engine.slot() + frame.items() * load.nanos()
                    * (1 - SPREAD + 2 * SPREAD * random.nextDouble());
            case ARRIVED -> load.bytes(frame.items()) / engine.bandwidth();
            case READ -> load.results(frame.items()) * read;
        };
    }

    private void next(Event event) {
        now = event.time();
        server(event.stage()).free++;
        var frame = event.frame();
        switch (event.stage()) {
            case SENT -> come(Stage.RAN, frame);
            case RAN -> come(Stage.ARRIVED, frame);
            case ARRIVED -> {
                underWay--;
                hold(frame);
            }
            case READ -> {
                open -= frame.items();
                held -= load.bytes(frame.items());
                handedOut++;
                readNext();
            }
        }
        serve(event.stage());
        take();
    }

    private void hold(Frame frame) {
        held += load.bytes(frame.items());
        mostHeld = Math.max(mostHeld, held);
        arrived.put(frame.number(), frame);
        if (server(Stage.READ).free > 0) {
            readNext();
        }
    }

    private void readNext() {
        var frame = arrived.remove(handedOut);
        if (frame != null) {
            come(Stage.READ, frame);
        }
    }
}
