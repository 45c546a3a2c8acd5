# Builds and runs the programs of dev.mitosis.bench.charts.
#
# To be sourced by commands in bench/, with $bench set to this module's directory.
root=$(cd -P "$bench/.." && pwd)

. "$bench/harness/java.sh"

# Finds the JDK and builds the programs.
prepare_drawing() {
    command -v mvn > /dev/null || fail "Maven is needed to build what draws."
    find_java
    echo "Building ..." >&2
    if ! log=$(JAVA_HOME=$java_home JAVA25_HOME=$java_home \
            mvn -q -B -f "$root/pom.xml" -pl bench -am process-classes 2>&1 < /dev/null)
    then
        printf '%s\n' "$log" >&2
        fail "the build failed, see above."
    fi
}

# Runs class $1 with the other arguments.
draw() {
    class=$1
    shift
    commit=$(git -C "$root" describe --always --dirty --exclude '*' 2> /dev/null || echo unknown)
    "$java_home/bin/java" -Djava.awt.headless=true "-Dmitosis.bench.commit=$commit" \
        -cp "$bench/target/classes:$(cat "$bench/target/class-path")" \
        "dev.mitosis.bench.charts.$class" "$@"
}
