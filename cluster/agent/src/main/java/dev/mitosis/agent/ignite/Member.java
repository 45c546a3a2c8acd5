package dev.mitosis.agent.ignite;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.ExecutorConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.logger.java.JavaLogger;

/// A member of an Ignite cluster on this machine: to try pools on Ignite, and to test them.
///
/// ```text
/// java --add-opens=java.base/java.nio=ALL-UNNAMED --add-opens=java.base/java.util=ALL-UNNAMED
///      --add-opens=java.base/java.lang=ALL-UNNAMED
///      --add-opens=java.base/java.lang.invoke=ALL-UNNAMED
///      -cp 'mitosis-agent.jar:ignite/libs/*' dev.mitosis.agent.ignite.Member slots=2
/// ```
/// Ignite needs these flags on Java 17 and on 25; without the first two it does not start. On 25,
/// `--sun-misc-unsafe-memory-access=allow` and `--enable-native-access=ALL-UNNAMED` silence what
/// the JVM says of it. Settings:
///
/// ```text
/// slots=      how many frames it handles at once; else as many as there are processors
/// ports=      of its discovery; else 47500..47509
/// members=    where it looks for others; else on the loopback interface, at its ports
/// work=       Ignite's folder; else Ignite's choice
/// stdin=      "watch" ends it when its input ends
/// ```
/// It prints `ready` and its name in the cluster when it has joined. It listens on the loopback
/// interface alone: nobody proves who he is there, and whoever connects may run any code. A member
/// on the network has a configuration of its own, with an SSL context factory, and [#joining] adds
/// to that what is ours.
public final class Member {
    /// The executor of a member that handles frames. It is not Ignite's public one, where a
    /// cancellation waits behind the very frame that it is to end.
    public static final String EXECUTOR = "mitosis";

    /// The attribute by which a member says how many frames it handles at once.
    public static final String SLOTS = "mitosis.slots";

    private Member() {}

    /// Has a node handle frames: gives it an executor for them, and says so in its attributes.
    ///
    /// @param config the node's configuration, which is changed
    /// @param slots how many it handles at once
    /// @return the configuration
    public static IgniteConfiguration joining(IgniteConfiguration config, int slots) {
        if (slots < 1) {
            throw new IllegalArgumentException("slots must be at least 1, not " + slots);
        }

        var before = config.getExecutorConfiguration();
        var executors = before == null ? new ExecutorConfiguration[1]
                : Arrays.copyOf(before, before.length + 1);
        executors[executors.length - 1] = new ExecutorConfiguration(EXECUTOR).setSize(slots);
        config.setExecutorConfiguration(executors);

        var attributes = new HashMap<String, Object>();
        if (config.getUserAttributes() != null) {
            attributes.putAll(config.getUserAttributes());
        }
        attributes.put(SLOTS, slots);
        return config.setUserAttributes(attributes);
    }

    /// Starts a member.
    ///
    /// @param arguments its settings
    /// @throws IOException if its input cannot be watched
    public static void main(String[] arguments) throws IOException {
        var settings = MemberSettings.of(List.of(arguments));
        var config = joining(settings.toConfiguration(), settings.slots());
        var ignite = Ignition.start(config.setGridLogger(log()));
        System.out.println("ready " + ignite.cluster().localNode().id());

        if (settings.watched()) {
            System.in.transferTo(OutputStream.nullOutputStream());
            System.exit(0); // Ignite leaves the cluster in its shutdown hook
        }
    }

    /// Ignite prints a banner, advice and news; its errors alone are wanted, on standard error.
    private static JavaLogger log() {
        System.setProperty("IGNITE_QUIET", "false"); // what is "quiet" goes to standard output
        System.setProperty("IGNITE_NO_ASCII", "true");
        System.setProperty("IGNITE_PERFORMANCE_SUGGESTIONS_DISABLED", "true");
        System.setProperty("IGNITE_UPDATE_NOTIFIER", "false");
        var root = Logger.getLogger("");
        root.setLevel(Level.SEVERE); // it warns of its own defaults at each start
        return new JavaLogger(root, false);
    }
}
