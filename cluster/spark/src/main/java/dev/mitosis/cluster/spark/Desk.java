package dev.mitosis.cluster.spark;

import dev.mitosis.agent.spark.SparkPilot.Question;
import java.util.UUID;
import org.apache.spark.rpc.RpcCallContext;
import org.apache.spark.rpc.RpcEndpoint;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcEnv;
import scala.PartialFunction;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/// Where pilots ask for frames: an endpoint of the connection that a driver has with its executors.
///
/// Its name has 122 random bits, which only the tasks of its own pool are told. What they say is
/// described at `dev.mitosis.agent.spark.SparkPilot`.
final class Desk implements RpcEndpoint {
    private final RpcEnv env;
    private final Pilots pilots;
    private final String name = "mitosis-" + UUID.randomUUID();

    Desk(RpcEnv env, Pilots pilots) {
        this.env = env;
        this.pilots = pilots;
    }

    /// Opens it; whoever asks may do so until that is stopped.
    RpcEndpointRef open() {
        return env.setupEndpoint(name, this);
    }

    String name() {
        return name;
    }

    @Override
    public RpcEnv rpcEnv() {
        return env;
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
