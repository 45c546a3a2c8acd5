package dev.mitosis.cluster.spark;

import dev.mitosis.cluster.ClusterTransport.MemberEvent;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/// The executors of a context, as its listener bus tells of them; each is a node named by its id.
///
/// Those that were there before are read from Spark's own books, which its user interface shows.
/// Events are told one after the other, with no lock held.
final class Executors extends SparkListener {
    private static final String DRIVER = "driver";

    /// An executor.
    private record Executor(String host, int slots) {}

    private final SparkContext context;
    private final int taskCpus;
    private final Runnable onJoin;
    private final Runnable onEnd;

    // guarded by this
    private final Map<String, Executor> present = new HashMap<>();
    private final Set<String> gone = new HashSet<>(); // Spark never uses an id again
    private final ArrayDeque<MemberEvent> untold = new ArrayDeque<>();
    private @Nullable Consumer<MemberEvent> listener;
    private boolean telling;

    /// Makes one; tells nothing before [#listen].
    ///
    /// @param onJoin is run when there may be more slots
    /// @param onEnd is run when the application ends
    Executors(SparkContext context, Runnable onJoin, Runnable onEnd) {
        this.context = context;
        this.onJoin = onJoin;
        this.onEnd = onEnd;
        taskCpus = context.getConf().getInt("spark.task.cpus", 1);
    }

    /// Begins to listen.
    void listen() {
        context.addSparkListener(this);
        read();
    }

    /// Reads which executors there are: what was told before we listened.
    void read() {
        for (var executor : CollectionConverters.asJava(context.statusStore().executorList(true))) {
            var address = executor.hostPort();
            int colon = address.lastIndexOf(':');
            joined(executor.id(), colon < 0 ? address : address.substring(0, colon),
                    executor.totalCores());
        }
        onJoin.run();
        tell();
    }

    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded added) {
        joined(added.executorId(), added.executorInfo().executorHost(),
                added.executorInfo().totalCores());
        onJoin.run();
        tell();
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        left(removed.executorId());
        tell();
    }

    @Override
    public void onApplicationEnd(SparkListenerApplicationEnd end) {
        onEnd.run();
    }

    private synchronized void joined(String id, String host, int cores) {
        int slots = cores / taskCpus;
        if (slots > 0 && !id.equals(DRIVER) && !gone.contains(id)
                && present.putIfAbsent(id, new Executor(host, slots)) == null) {
            untold.add(new MemberEvent.Joined(id, slots));
        }
    }

    private synchronized void left(String id) {
        gone.add(id);
        if (present.remove(id) != null) {
            untold.add(new MemberEvent.Left(id));
        }
    }

    /// Tells a listener of those that are there and of what will become of them.
    void tellTo(Consumer<MemberEvent> consumer) {
        synchronized (this) {
            listener = consumer;
        }
        tell();
    }

    private void tell() {
        while (true) {
            Consumer<MemberEvent> consumer;
            MemberEvent event;
            synchronized (this) {
                if (telling || listener == null || untold.isEmpty()) {
                    return;
                }
                telling = true;
                consumer = listener;
                event = untold.remove();
            }
            try {
                consumer.accept(event);
            } finally {
                synchronized (this) {
                    telling = false;
                }
            }
        }
    }

    /// {@return how many tasks all of them together run at once}
    synchronized int slots() {
        return present.values().stream().mapToInt(Executor::slots).sum();
    }

    synchronized boolean isEmpty() {
        return present.isEmpty();
    }

    /// {@return where an executor is, as Spark's scheduler is told; empty if it is not there}
    synchronized List<String> location(String id) {
        var executor = present.get(id);
        return executor == null ? List.of() : List.of("executor_" + executor.host() + "_" + id);
    }
}
