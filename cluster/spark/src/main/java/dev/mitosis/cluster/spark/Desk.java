package dev.mitosis.cluster.spark;

import dev.mitosis.agent.spark.SparkPilot.Question;
import java.util.UUID;
import org.apache.spark.rpc.IsolatedRpcEndpoint;
import org.apache.spark.rpc.RpcCallContext;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcEnv;
import org.jspecify.annotations.Nullable;
import scala.PartialFunction;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/// Where pilots ask for frames: an endpoint of the connection that a driver has with its executors.
///
/// Its name has 122 random bits, which only the tasks of its own pool are told. What they say is
/// described at `dev.mitosis.agent.spark.SparkPilot`. It has threads of its own, in which frames
/// are written: Spark's would not hear the executors' heartbeats meanwhile.
final class Desk implements IsolatedRpcEndpoint {
    private static final int THREADS = 2;

    private final RpcEnv env;
    private final Pilots pilots;
    private final String name = "mitosis-" + UUID.randomUUID();

    // written when it is opened, by who closes it, too
    private @Nullable RpcEndpointRef opened;

    Desk(RpcEnv env, Pilots pilots) {
        this.env = env;
        this.pilots = pilots;
    }

    /// Opens it, until [#close].
    void open() {
        opened = env.setupEndpoint(name, this);
    }

    void close() {
        if (opened != null) {
            env.stop(opened);
        }
    }

    String name() {
        return name;
    }

    @Override
    public RpcEnv rpcEnv() {
        return env;
    }

    @Override
    public int threadCount() {
        return THREADS;
    }

    @Override
    public PartialFunction<Object, BoxedUnit> receiveAndReply(RpcCallContext context) {
        return new AbstractPartialFunction<>() {
            @Override
            public boolean isDefinedAt(Object message) {
                return message instanceof byte[][] words && Question.isOne(words);
            }

            @Override
            public BoxedUnit apply(Object message) {
                pilots.asked(Question.of((byte[][]) message), context::reply);
                return BoxedUnit.UNIT;
            }
        };
    }
}
