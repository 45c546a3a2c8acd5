package dev.mitosis.cluster.spark;

import dev.mitosis.agent.Frame;
import dev.mitosis.agent.spark.SparkFrame;
import dev.mitosis.agent.spark.SparkPilot;
import dev.mitosis.agent.spark.SparkWork;
import dev.mitosis.cluster.Capabilities;
import dev.mitosis.cluster.ClusterException;
import dev.mitosis.cluster.ClusterSettings;
import dev.mitosis.cluster.ClusterTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/// Frames on a Spark application: [Pilots] carry them, but for those that name a node, which are
/// jobs of their own. An executor takes a task for each of its slots.
final class SparkTransport implements ClusterTransport {
    // A job, 10 ms and more, is then little even where each frame needs one.
    private static final Duration LEASE_TIME = Duration.ofMillis(500);
    private static final int PILOTS_FOR_A_SLOT = 2; // one that flies, one in Spark's queue
    private static final int MIB = 1 << 20;
    private static final long PROBE = -1; // no crew's submission

    private final SparkContext context;
    private final boolean own; // whether it ends with us
    private final Executors executors;
    private final SparkJobs jobs;
    private final SparkWork work = new SparkWork();
    private final Pilots pilots;
    private final Desk desk;
    private final boolean hints;
    private final Capabilities capabilities;
    private final Map<Long, Flight> flights = new ConcurrentHashMap<>();
    private volatile boolean ended; // set before the flights are failed, read after one is added

    private SparkTransport(SparkContext context, boolean own) {
        this.context = context;
        this.own = own;
        executors = new Executors(context, this::joined, this::fail);
        jobs = SparkJobs.of(context);
        var conf = context.getConf(); // a copy of all of it
        boolean onDemand = conf.getBoolean("spark.dynamicAllocation.enabled", false);
        pilots = new Pilots(this::launch, () -> mostPilots(onDemand), System::nanoTime);
        desk = new Desk(context.env().rpcEnv(), pilots);
        hints = conf.getTimeAsMs("spark.locality.wait", "3s") == 0;
        capabilities = capabilities(context.version(), conf);
    }

    /// Returns how many pilots there may be. Where executors come on demand, that is what waits in
    /// Spark's queue.
    private int mostPilots(boolean onDemand) {
        return onDemand ? Integer.MAX_VALUE
                : PILOTS_FOR_A_SLOT * Math.max(1, executors.slots());
    }

    private static Capabilities capabilities(String version, SparkConf conf) {
        long most = (conf.getSizeAsMb("spark.rpc.message.maxSize", "128") - 1) * MIB;
        return new Capabilities("Apache Spark " + version,
                (int) Math.min(Integer.MAX_VALUE, most), LEASE_TIME, false, true);
    }

    /// Uses a context that runs already.
    ///
    /// @throws ClusterException if it cannot carry a pool, or does not answer in time
    static SparkTransport on(SparkContext context, ClusterSettings settings) {
        if (context.isStopped()) {
            throw new ClusterException("this Spark context has been stopped");
        }
        Master.of(context.master());
        if (!settings.insecure()) {
            Precautions.requireSecure(context.getConf());
        }
        return open(context, false, settings);
    }

    /// Starts an application that ends when this is closed.
    ///
    /// @throws ClusterException if it cannot be started, or does not answer in time
    static SparkTransport connect(SparkConf conf, ClusterSettings settings) {
        return open(OwnContext.start(conf, settings), true, settings);
    }

    private static SparkTransport open(
            SparkContext context, boolean own, ClusterSettings settings) {
        var transport = new SparkTransport(context, own);
        try {
            AgentJar.ensureAdded(context);
            transport.desk.open();
            transport.executors.listen();
            transport.probe(settings.startTimeout());
            return transport;
        } catch (RuntimeException e) {
            transport.close();
            throw e;
        }
    }

    /// Waits until an executor has answered: it has our classes then, and they fit.
    private void probe(Duration within) {
        var hello = Frame.of(Frame.Kind.HELLO, "").toBytes();
        try {
            Waiting.await(submit(new Submission(PROBE, hello, "")), within);
        } catch (ExecutionException e) {
            throw Failures.atStart(context, Waiting.cause(e));
        } catch (TimeoutException e) {
            if (executors.isEmpty()) {
                throw Failures.withoutExecutor(context, within, e);
            }
            // They are busy with other things: the pool waits for its turn.
        } finally {
            cancel(PROBE);
        }
        executors.read(); // whoever was added while we began to listen is in Spark's books by now
    }

    @Override
    public CompletableFuture<byte[]> submit(Submission submission) {
        var flight = new Flight(submission.pieces());
        flights.put(submission.id(), flight);
        var _ = flight.future().whenComplete((answer, failure) ->
                flights.remove(submission.id(), flight));
        int most = capabilities.mostFrameBytes();
        if (submission.size() > most) {
            flight.fail(new ClusterException("a frame of " + submission.size() + " bytes"
                    + " is more than the " + most + " that spark.rpc.message.maxSize allows"));
        } else if (submission.node().isEmpty()) {
            pilots.submit(flight);
        } else {
            begin(submission, flight);
        }
        if (ended) {
            flight.fail(Failures.ended());
        }
        return flight.future();
    }

    private void joined() {
        pilots.launch();
    }

    private void launch(Pilot pilot) {
        jobs.begin(() -> new SparkFrame(context, List.of(), List.of()),
                new SparkPilot(desk.name(), pilot.number()), pilot.job(),
                failure -> pilots.ended(pilot, failure));
    }

    private void begin(Submission submission, Flight flight) {
        var places = hints ? executors.location(submission.node()) : List.<String>of();
        jobs.begin(() -> new SparkFrame(context, submission.pieces(), places), work,
                flight.job(), flight::ended);
    }

    @Override
    public void cancel(long id) {
        var flight = flights.remove(id);
        if (flight != null) {
            flight.cancel();
            pilots.recall(flight);
        }
    }

    @Override
    public void watchMembers(Consumer<MemberEvent> listener) {
        executors.tellTo(listener);
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public Failure classify(Throwable failure) {
        return ended || context.isStopped() ? Failure.ENGINE_LOST : Failures.classify(failure);
    }

    /// Ends what is on its way; the application, too, if it is our own.
    @Override
    public void close() {
        context.removeSparkListener(executors);
        fail();
        desk.close();
        if (own) {
            context.stop();
        }
    }

    private void fail() {
        ended = true;
        pilots.close();
        for (var flight : flights.values()) {
            flight.fail(Failures.ended());
            flight.job().cancel();
        }
    }
}
