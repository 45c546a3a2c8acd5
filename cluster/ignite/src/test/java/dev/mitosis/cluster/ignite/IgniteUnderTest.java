package dev.mitosis.cluster.ignite;

import dev.mitosis.Backend;
import dev.mitosis.cluster.ClusterUnderTest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/// The contract suite's cluster in this module: two members of Ignite, which end with the tests.
public final class IgniteUnderTest implements ClusterUnderTest, TestExecutionListener {
    private static TwoMembers cluster; // begun by the first test that wants it

    @Override
    public Backend open() {
        synchronized (IgniteUnderTest.class) {
            cluster = TwoMembers.start();
            return IgniteBackend.on(cluster.ignite());
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        synchronized (IgniteUnderTest.class) {
            if (cluster != null) {
                cluster.close();
                cluster = null;
            }
        }
    }
}
