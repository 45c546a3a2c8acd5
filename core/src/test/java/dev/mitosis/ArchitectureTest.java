package dev.mitosis;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.ObjectInputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Dependencies run downwards, and each dangerous power has one home.
class ArchitectureTest {

    /// Who may use whom. Besides, everything may use `dev.mitosis` and what lies in `dev.mitosis.internal` itself.
    static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("call", List.of("broadcast", "hosting", "schedule", "codec", "spi")),
            Map.entry("broadcast", List.of("launch", "codec", "spi")),
            Map.entry("hosting", List.of("link", "codec", "spi")),
            Map.entry("schedule", List.of("codec", "spi")),
            Map.entry("supervise", List.of("launch", "hosting", "link", "codec", "spi")),
            Map.entry("launch", List.of("codec")),
            Map.entry("warm", List.of("launch")),
            Map.entry("link", List.of("codec", "spi")),
            Map.entry("worker", List.of("link", "launch", "codec", "spi")),
            Map.entry("node", List.of("schedule", "supervise", "codec", "spi")),
            Map.entry("local", List.of("worker", "hosting", "codec", "spi")),
            Map.entry("codec", List.of("spi")),
            Map.entry("spi", List.of()));

    static final String API = "dev.mitosis";
    static final String INTERNAL = "dev.mitosis.internal";
    static final String LAUNCH = INTERNAL + ".launch..";
    static final String LINK = INTERNAL + ".link..";
    static final String CODEC = INTERNAL + ".codec..";
    static final String WORKER = INTERNAL + ".worker..";
    static final String SHARE = API + ".share..";
    static final String POOLS = API + ".Pools";

    static final JavaClasses CORE = new ClassFileImporter().importPath(Path.of("target/classes"));

    @Test
    void chapters_depend_downwards() {
        var layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (var chapter : MAY_USE.keySet()) {
            layers = layers.optionalLayer(chapter).definedBy(packageOf(chapter));
        }
        for (var chapter : MAY_USE.entrySet()) {
            var layer = layers.whereLayer(chapter.getKey());
            var below = chapter.getValue().toArray(String[]::new);
            layers = below.length == 0 ? layer.mayNotAccessAnyLayer() : layer.mayOnlyAccessLayers(below);
        }
        check(layers.because("the library is read from top to bottom"));
    }

    private static String packageOf(String chapter) {
        return chapter.equals("spi") ? API + ".spi.." : INTERNAL + "." + chapter + "..";
    }

    @Test
    void what_is_shared_inside_depends_on_no_chapter() {
        check(noClasses().that().resideInAPackage(INTERNAL)
                .should().dependOnClassesThat().resideInAPackage(INTERNAL + ".*.."));
    }

    @Test
    void chapters_have_no_cycles() {
        check(slices().assignedFrom(CHAPTERS).should().beFreeOfCycles());
    }

    @Test
    void one_hidden_class_leads_from_the_api_inside() {
        check(noClasses().that().resideInAPackage(API).and(areNotPartOf(POOLS))
                .should().dependOnClassesThat().resideInAPackage(INTERNAL + ".."));
        check(classes().that().haveFullyQualifiedName(POOLS).should().bePackagePrivate());
    }

    @Test
    void only_the_jdk_is_needed() {
        check(classes().should().onlyDependOnClassesThat()
                .resideInAnyPackage(API + "..", "java..", "javax.crypto..", "sun.misc", "org.jspecify.."));
    }

    @Test
    void processes_are_started_in_one_place() {
        check(noClasses().that().resideOutsideOfPackage(LAUNCH)
                .should().dependOnClassesThat().areAssignableTo(ProcessBuilder.class)
                .orShould().accessTargetWhere(calls(Runtime.class, "exec"))
                .because("whoever starts a process must also reap it"));
    }

    @Test
    void mapped_memory_has_two_homes() {
        check(noClasses().that().resideOutsideOfPackages(LINK, SHARE)
                .should().dependOnClassesThat().resideInAPackage("java.lang.foreign..")
                .orShould().accessTargetWhere(calls(FileChannel.class, "map"))
                .because("an arena that leaks is a crash"));
    }

    @Test
    void objects_are_read_in_one_place() {
        check(noClasses().that().resideOutsideOfPackage(CODEC)
                .should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class)
                .because("what reads foreign objects must filter them"));
    }

    @Test
    void folders_are_listed_in_one_place() {
        check(noClasses().that(areNotPartOf(INTERNAL + ".launch.Listing"))
                .should().accessTargetWhere(calls(Files.class, "list", "newDirectoryStream", "walk", "find"))
                .because("their streams throw unchecked what everybody expects to be an IOException"));
    }

    @Test
    void signals_are_handled_in_one_place() {
        check(noClasses().that(areNotPartOf(INTERNAL + ".worker.WorkerSignals"))
                .should().dependOnClassesThat().resideInAPackage("sun..")
                .because("javac is told in core/pom.xml not to warn of it"));
    }

    @Test
    void only_a_worker_ends_its_own_process() {
        check(noClasses().that().resideOutsideOfPackage(WORKER)
                .should().accessTargetWhere(calls(Runtime.class, "halt", "exit"))
                .orShould().accessTargetWhere(calls(System.class, "exit"))
                .because("a caller's process is not ours to end"));
    }

    @Test
    void the_clock_has_one_reader() {
        check(noClasses().that(areNotPartOf(INTERNAL + ".Deadline"))
                .and().haveSimpleNameNotEndingWith("Clock")
                .should().accessTargetWhere(calls(System.class, "nanoTime", "currentTimeMillis"))
                .because("deadlines that are computed in many places overflow in one of them"));
    }

    /// The packages below `dev.mitosis` and below its `internal`, each with what lies under it.
    private static final SliceAssignment CHAPTERS = new SliceAssignment() {
        private final Pattern chapter = Pattern.compile(Pattern.quote(API) + "\\.(internal\\.\\w+|(?!internal)\\w+).*");

        @Override
        public String getDescription() {
            return "the chapters";
        }

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            var found = chapter.matcher(type.getPackageName());
            return found.matches() ? SliceIdentifier.of(found.group(1)) : SliceIdentifier.ignore();
        }
    };

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CORE);
    }

    /// Calls and method references, also by way of a subclass.
    private static DescribedPredicate<JavaAccess<?>> calls(Class<?> owner, String... names) {
        return describe(owner.getSimpleName() + "." + String.join("/", names), access ->
                access.getTargetOwner().isAssignableTo(owner) && Set.of(names).contains(access.getName()));
    }

    /// Nested classes belong to the class around them.
    private static DescribedPredicate<JavaClass> areNotPartOf(String name) {
        return describe("are not part of " + name, type ->
                !type.getName().equals(name) && !type.getName().startsWith(name + "$"));
    }
}
