package dev.mitosis.internal.launch;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The flags of this JVM that a worker gets, and those it does not get, each with the reason.
///
/// A flag that no rule names is copied: this JVM took it, so a worker will. A list of what is
/// allowed instead would lose `-XX:+Enable...` flags that code depends on, without a word.
///
/// @param kept the flags to copy, in order, with absolute paths
/// @param dropped each other flag with the reason
record CopiedFlags(List<String> kept, Map<String, String> dropped) {

    private record Rule(String reason, Pattern flags) {}

    private static final String ONE_OWNER = "only one process can own that port or file";

    private static final List<Rule> DROPPED = List.of(
            rule("the debugger's port is taken",
                    "-agentlib:jdwp.*|-agentpath:.*jdwp.*|-Xrunjdwp.*|-Xdebug|-Xnoagent"),
            rule("agents are not copied, withJvmArgs adds them",
                    "-(agentlib|agentpath|javaagent):.*|-Xrun.*"),
            rule("a worker's heap has its own size",
                    "-Xm[xsn].*|-XX:(Initial|Max|Min|SoftMax)HeapSize=.*"
                            + "|-XX:(Initial|Min|Max)RAM(Percentage|Fraction)?=.*"
                            + "|-XX:(New|MaxNew|Old)Size=.*|-XX:[+-]AlwaysPreTouch"),
            rule("a worker has its own collector",
                    "-XX:[+-]Use\\w+GC|-XX:[+-]?(G1|Z|Shenandoah)\\w+(=.*)?"
                            + "|-XX:(Parallel|Conc)GCThreads=.*|-XX:MaxGCPauseMillis=.*"),
            rule("a cache belongs to one program",
                    "-Xshare:.*|-XX:[+-]?AOT\\w*(=.*)?|-XX:CacheDataStore=.*"
                            + "|-XX:(SharedArchiveFile|ArchiveClassesAtExit|SharedClassListFile"
                            + "|SharedArchiveConfigFile|DumpLoadedClassList)=.*"
                            + "|-XX:[+-](AutoCreateSharedArchive|RecordDynamicDumpInfo)"),
            rule(ONE_OWNER, "-Dcom\\.sun\\.management\\..*|-Xloggc:.*|-XX:\\w*LogFile=.*"
                    + "|-XX:(HeapDumpPath|ErrorFile|ReplayDataFile|PerfDataSaveFile)=.*"
                    + "|-XX:(StartFlightRecording|FlightRecorderOptions)([=:].*)?"
                    + "|-XX:[+-](HeapDumpOnOutOfMemoryError|HeapDumpBeforeFullGC"
                    + "|HeapDumpAfterFullGC|UsePerfData|PerfDataSaveToFile)"),
            rule("the pool decides what the end of a worker means",
                    "-XX:[+-](Exit|Crash)OnOutOfMemoryError|-XX:On(OutOfMemory)?Error=.*"
                            + "|-XX:[+-]CreateCoredumpOnCrash"),
            rule("it belongs to how this JVM was started",
                    "--module-path=.*|-Djdk\\.module\\..*|-Djdk\\.internal\\.javac\\..*"
                            + "|-Djdk\\.console=.*|-Djava\\.class\\.path=.*|-Dsun\\.java\\..*"
                            + "|-Djava\\.io\\.tmpdir=.*"),
            rule("not a flag", "[^-].*|"));

    private static final Pattern PATHS = Pattern.compile(
            "(--patch-module=[^=]+=|--upgrade-module-path=|-Xbootclasspath/a:"
                    + "|-Djava\\.library\\.path=|-Djava\\.util\\.logging\\.config\\.file=)(.+)");

    static CopiedFlags of(List<String> flags) {
        var kept = new ArrayList<String>();
        var dropped = new LinkedHashMap<String, String>();
        for (var flag : flags) {
            var reason = reasonAgainst(flag);
            if (reason == null) {
                kept.add(absolute(flag));
            } else {
                dropped.put(flag, reason);
            }
        }
        return new CopiedFlags(List.copyOf(kept), dropped);
    }

    /// Returns why a worker must not get this flag, or null if it may.
    static @Nullable String reasonAgainst(String flag) {
        if (logsToFile(flag)) {
            return ONE_OWNER;
        }
        for (var rule : DROPPED) {
            if (rule.flags.matcher(flag).matches()) {
                return rule.reason;
            }
        }
        return null;
    }

    /// Whether the second field of `-Xlog:what:where:how` is a file; `file=` may be left out.
    private static boolean logsToFile(String flag) {
        var fields = flag.split(":", 4);
        return fields[0].equals("-Xlog") && fields.length > 2
                && !fields[2].isEmpty() && !fields[2].matches("stdout|stderr");
    }

    /// Relative paths would mean something else where the worker runs.
    private static String absolute(String flag) {
        var found = PATHS.matcher(flag);
        if (!found.matches()) {
            return flag;
        }
        var separator = Pattern.quote(File.pathSeparator);
        return found.group(1) + Arrays.stream(found.group(2).split(separator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Rule rule(String reason, String flags) {
        return new Rule(reason, Pattern.compile(flags, Pattern.DOTALL));
    }
}
