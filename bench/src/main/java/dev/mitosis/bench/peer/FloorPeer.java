package dev.mitosis.bench.peer;

import dev.mitosis.bench.common.CpuTime;
import dev.mitosis.bench.floor.Partner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// No pool, but the floor under each figure: what a message, a copy and a JVM cost by themselves.
///
/// Numbers go through a pair of rings to one other process; bytes are copied within this one.
final class FloorPeer implements Peer {
    private final String role;
    private final int window;
    private @Nullable Partner partner; // set by prepare

    private FloorPeer(String role, int window) {
        this.role = role;
        this.window = window;
    }

    /// Through mapped memory, while both sides spin.
    static FloorPeer ofMemory() {
        return new FloorPeer("ring", 8_192);
    }

    /// Through a Unix socket.
    static FloorPeer ofSocket() {
        return new FloorPeer("socket", 1);
    }

    @Override
    public Workload prepare(String workload) {
        return switch (workload) {
            case "first" -> FloorPeer::first;
            case "roundtrip" -> Latencies.oneByOne(pingPong());
            case "roundtrip_idle" -> Latencies.afterIdleness(pingPong());
            case "each" -> numbers(connect(), Inputs.EACH);
            case "bulk" -> numbers(connect(), Inputs.BULK);
            case "stream" -> numbers(connect(), Inputs.STREAM);
            case "payload" -> copies(Inputs.PAYLOADS, 1);
            case "payload_small" -> FloorPeer::smallCopies;
            case "echo" -> copies(2 * Inputs.ECHOES, Inputs.ECHO_MIB);
            default -> throw new IllegalArgumentException("no workload " + workload);
        };
    }

    private Partner connect() {
        try {
            var connected = Partner.start(role);
            partner = connected;
            return connected;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Stops the other process until [#resume()].
    void pause() {
        if (partner != null) {
            partner.pause();
        }
    }

    void resume() {
        if (partner != null) {
            partner.resume();
        }
    }

    private static Figures first() throws Exception {
        var times = new double[Inputs.FIRST];
        var cpu = new double[Inputs.FIRST];
        for (int i = 0; i < times.length; i++) {
            double before = CpuTime.ofEndedChildren();
            var clock = Clock.start();
            Partner.emptyMain();
            times[i] = clock.seconds() * 1e3;
            cpu[i] = (CpuTime.ofEndedChildren() - before) * 1e3;
        }
        return Figures.of("ms", Start.median(times)).and("worker_cpu_ms", Start.median(cpu));
    }

    private Latencies.Call pingPong() {
        var connected = connect();
        if (role.equals("ring")) {
            return number -> square(connected, number);
        }
        var message = ByteBuffer.allocateDirect(64);
        return number -> {
            connected.echo(message);
            return (long) number * number; // as bare as it can be: bytes come back as they are
        };
    }

    private static long square(Partner partner, long number) {
        partner.there().offer(number);
        while (!partner.back().isReady()) {
            requireAlive(partner);
        }
        return partner.back().take();
    }

    private static void requireAlive(Partner partner) {
        Thread.onSpinWait();
        if (!partner.isAlive()) {
            throw new IllegalStateException("the other process has ended");
        }
    }

    /// Squares, one a message, as many under way at once as a pool would have.
    private Workload numbers(Partner partner, int count) {
        return () -> {
            var clock = Clock.start();
            long sum = 0;
            int sent = 0;
            for (int got = 0; got < count; ) {
                while (sent < count && sent - got < window && partner.there().offer(sent)) {
                    sent++;
                }
                int before = got;
                for (; partner.back().isReady(); got++) {
                    sum += partner.back().take();
                }
                if (got == before) {
                    requireAlive(partner);
                }
            }
            return Numbers.perSecond(clock, count, sum);
        };
    }

    private static Workload copies(int count, int mib) {
        byte[] from = Inputs.randomBytes(mib * Inputs.MIB);
        byte[] to = new byte[from.length];
        return () -> {
            var clock = Clock.start();
            for (int i = 0; i < count; i++) {
                System.arraycopy(from, 0, to, 0, from.length);
                to[i] = (byte) i; // so that no copy can be left out
            }
            double rate = clock.rate((double) count * mib);
            Check.same(from[from.length - 1], to[to.length - 1]);
            return Figures.of("mib_per_s", rate);
        };
    }

    private static Figures smallCopies() {
        var from = SecondSet.payloads();
        var to = new byte[SecondSet.SMALLS][];
        var clock = Clock.start();
        for (int i = 0; i < to.length; i++) {
            to[i] = from.get(i).clone();
        }
        double rate = clock.rate(SecondSet.SMALL_MIB);
        for (int i = 0; i < to.length; i++) {
            Check.same(true, Arrays.equals(from.get(i), to[i]));
        }
        return Figures.of("mib_per_s", rate);
    }

    @Override
    public void close() {
        if (partner != null) {
            try {
                partner.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
