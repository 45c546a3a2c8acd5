package dev.mitosis.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;

/// Records on what methods a JVM spends its CPU time; Linux alone tells that.
///
/// It is started and stopped by calls, not by a flag: a flag would record how the JVM starts and
/// compiles, and a worker's flag would write nothing, since a worker is halted in the end.
final class Recorder {
    private static final String NAME = "flames";
    private static final String INTERVAL = "1ms";

    private Recorder() {}

    static void start() {
        var recording = new Recording();
        recording.setName(NAME);
        recording.enable("jdk.CPUTimeSample").withStackTrace().with("throttle", INTERVAL);
        recording.start();
    }

    /// Writes what was recorded into a folder, as `ROLE-PID.jfr`.
    static void stop(String folder, String role) throws IOException {
        var file = Path.of(folder, role + "-" + ProcessHandle.current().pid() + ".jfr");
        for (var recording : FlightRecorder.getFlightRecorder().getRecordings()) {
            if (NAME.equals(recording.getName())) {
                recording.stop();
                recording.dump(file);
                recording.close();
            }
        }
    }
}
