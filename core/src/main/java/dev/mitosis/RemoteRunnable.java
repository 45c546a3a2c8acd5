package dev.mitosis;

import java.io.Serializable;

/// A task without a result that can travel to a worker process, and may throw.
@FunctionalInterface
public interface RemoteRunnable extends Serializable {
    /// Runs this task, in a worker.
    ///
    /// @throws Exception whatever the task throws; it fails this task alone
    void run() throws Exception;
}
