package dev.mitosis.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopiedFlagsTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005",
        "-agentpath:/opt/libjdwp.so=server=y", "-Xrunjdwp:server=y", "-Xdebug"})
    void a_debugger_port_is_not_copied(String flag) {
        assertEquals("the debugger's port is taken", CopiedFlags.of(List.of(flag)).dropped().get(flag));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "-javaagent:/opt/idea_rt.jar=1", "-agentlib:hprof", "-agentpath:/opt/profiler.so", "-Xrunhprof",
        "-Xmx4g", "-Xms1g", "-Xmn100m", "-XX:MaxHeapSize=4g", "-XX:InitialHeapSize=1g", "-XX:MaxRAMPercentage=75",
        "-XX:MaxRAMFraction=2", "-XX:+AlwaysPreTouch", "-XX:SoftMaxHeapSize=1g",
        "-XX:+UseG1GC", "-XX:+UseZGC", "-XX:-UseSerialGC", "-XX:G1HeapRegionSize=4m", "-XX:ParallelGCThreads=8",
        "-Xshare:dump", "-Xshare:off", "-XX:SharedArchiveFile=a.jsa", "-XX:ArchiveClassesAtExit=a.jsa",
        "-XX:AOTCache=a.aot", "-XX:AOTCacheOutput=a.aot", "-XX:AOTMode=record", "-XX:+AOTClassLinking",
        "-XX:+AutoCreateSharedArchive",
        "-Dcom.sun.management.jmxremote.port=9999", "-Xloggc:gc.log", "-Xlog:gc:gc.log", "-Xlog:gc*:file=gc.log:time",
        "-XX:HeapDumpPath=/var/heap.hprof", "-XX:+HeapDumpOnOutOfMemoryError", "-XX:ErrorFile=/var/err.log",
        "-XX:StartFlightRecording", "-XX:StartFlightRecording:filename=a.jfr",
        "-XX:StartFlightRecording=filename=a.jfr",
        "-XX:OnOutOfMemoryError=restart me", "-XX:+CrashOnOutOfMemoryError", "-XX:-CreateCoredumpOnCrash",
        "--module-path=mods", "-Djdk.module.main=app", "-Djdk.console=jdk.jshell", "-Djava.io.tmpdir=/x", "exit", ""})
    void what_breaks_a_child_is_not_copied(String flag) {
        var copied = CopiedFlags.of(List.of(flag));
        assertEquals(List.of(), copied.kept());
        assertNotNull(copied.dropped().get(flag));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-exports=java.base/sun.nio.ch=app", "--add-reads=a=b",
        "--enable-native-access=ALL-UNNAMED", "--enable-preview", "--add-modules=ALL-MODULE-PATH", "-ea", "-esa",
        "-Dfile.encoding=ISO-8859-1", "-Duser.language=de", "-Dname=value with spaces", "-Dempty=", "-Xss4m",
        "-Xlog:gc", "-Xlog:gc:stdout", "-Xlog:disable", "-Xlog::stderr", "-XX:+EnableDynamicAgentLoading",
        "-XX:+UnlockDiagnosticVMOptions", "-XX:+UseCompactObjectHeaders", "-XX:+UseStringDeduplication",
        "-XX:MaxDirectMemorySize=1g", "-XX:ActiveProcessorCount=2", "-XX:TieredStopAtLevel=1", "-Xint"})
    void what_code_depends_on_is_copied(String flag) {
        var copied = CopiedFlags.of(List.of(flag));
        assertEquals(List.of(flag), copied.kept());
        assertTrue(copied.dropped().isEmpty());
    }

    @Test
    void relative_paths_become_absolute() {
        var here = Path.of("").toAbsolutePath();
        assertEquals(
                List.of("--patch-module=a.b=" + here.resolve("x") + ":/y",
                        "-Xbootclasspath/a:" + here.resolve("boot.jar")),
                CopiedFlags.of(List.of("--patch-module=a.b=x:/y", "-Xbootclasspath/a:boot.jar")).kept());
    }

    @Test
    void order_is_kept() {
        var flags = List.of("-XX:+UnlockExperimentalVMOptions", "-Da=1", "-Da=2", "-ea");
        assertEquals(flags, CopiedFlags.of(flags).kept());
    }
}
