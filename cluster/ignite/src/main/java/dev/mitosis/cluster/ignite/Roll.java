package dev.mitosis.cluster.ignite;

import dev.mitosis.agent.ignite.Member;
import dev.mitosis.cluster.ClusterTransport.MemberEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.IgniteState;
import org.apache.ignite.Ignition;
import org.apache.ignite.IgnitionListener;
import org.apache.ignite.events.Event;
import org.apache.ignite.events.EventType;
import org.apache.ignite.lang.IgnitePredicate;
import org.jspecify.annotations.Nullable;

/// The members of a cluster: who is there, who comes, who goes.
///
/// An event of Ignite says only that it is time to look again: what is told are the differences
/// between two looks, so that nothing is missed or told twice, whatever the order. One thread
/// looks and tells; Ignite's own, which runs its discovery, goes on at once.
final class Roll implements AutoCloseable {
    /// What wants to know.
    interface Reader {
        /// A node comes or goes.
        void read(MemberEvent event);

        /// The caller's own node has left the cluster, for good or not; all nodes are gone for it.
        void lost(RuntimeException why);
    }

    private final Ignite ignite;
    private final Trust trust;
    private final Reader reader;
    private final ThreadPoolExecutor teller = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("mitosis-ignite-roll").factory(),
            new ThreadPoolExecutor.DiscardPolicy()); // what happens after the end is not told
    private final IgnitePredicate<Event> onEvent = this::on;
    private final IgnitionListener onState = this::on;

    // used by the teller's thread alone
    private final Map<String, Integer> known = new HashMap<>();
    private Consumer<MemberEvent> listener = event -> {};
    private boolean lost;

    /// Makes one that does not look yet.
    Roll(Ignite ignite, Trust trust, Reader reader) {
        this.ignite = ignite;
        this.trust = trust;
        this.reader = reader;
    }

    /// Begins to look.
    void begin() {
        ignite.events().localListen(onEvent, EventType.EVT_NODE_JOINED,
                EventType.EVT_NODE_LEFT, EventType.EVT_NODE_FAILED,
                EventType.EVT_CLIENT_NODE_DISCONNECTED);
        Ignition.addListener(onState);
        teller.execute(this::look);
    }

    /// Returns the members that are there, with their slots.
    static Map<String, Integer> members(Ignite ignite, Trust trust) {
        var members = new HashMap<String, Integer>();
        for (var node : ignite.cluster().forServers().nodes()) {
            if (node.attribute(Member.SLOTS) instanceof Integer slots && trust.includes(node)) {
                members.put(node.id().toString(), slots);
            }
        }
        return members;
    }

    /// Tells of those who are there, and from then on of differences.
    void watch(Consumer<MemberEvent> to) {
        teller.execute(() -> {
            listener = to;
            known.forEach((node, slots) -> to.accept(new MemberEvent.Joined(node, slots)));
        });
    }

    private boolean on(Event event) {
        teller.execute(event.type() == EventType.EVT_CLIENT_NODE_DISCONNECTED
                ? () -> lose(new IllegalStateException("this Ignite client was disconnected"))
                : this::look);
        return true; // go on listening
    }

    private void on(@Nullable String name, IgniteState state) {
        if (state != IgniteState.STARTED && Objects.equals(name, ignite.name())) {
            teller.execute(() -> lose(new IllegalStateException("this Ignite node was stopped")));
        }
    }

    private void look() {
        if (lost) {
            return;
        }

        Map<String, Integer> now;
        try {
            now = members(ignite, trust);
        } catch (IgniteException | IllegalStateException e) {
            lose(new IllegalStateException("this Ignite node has left its cluster", e));
            return;
        }
        leaveAllBut(now);
        now.forEach(this::join);
    }

    private void lose(RuntimeException why) {
        if (!lost) {
            lost = true;
            leaveAllBut(Map.of());
            reader.lost(why);
        }
    }

    private void leaveAllBut(Map<String, Integer> now) {
        for (var node : known.keySet().toArray(String[]::new)) {
            if (!now.containsKey(node)) {
                known.remove(node);
                tell(new MemberEvent.Left(node));
            }
        }
    }

    private void join(String node, int slots) {
        if (known.putIfAbsent(node, slots) == null) {
            tell(new MemberEvent.Joined(node, slots));
        }
    }

    private void tell(MemberEvent event) {
        reader.read(event);
        listener.accept(event);
    }

    /// Tells nothing more, but what is being told just now.
    @Override
    public void close() {
        teller.getQueue().clear();
        teller.shutdown(); // no interrupt: the thread may be amidst something of Ignite
        Ignition.removeListener(onState);
        try {
            ignite.events().stopLocalListen(onEvent);
        } catch (IgniteException | IllegalStateException e) {
            // it has stopped or lost its cluster, and tells nothing anyhow
        }
    }
}
