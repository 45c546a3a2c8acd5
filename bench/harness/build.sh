# Builds what the commands in bench/ run, bench/target/side-by-side/side-by-side.jar.
#
# To be sourced by them, with $bench set to this module's directory.
root=$(cd -P "$bench/.." && pwd)
built=$bench/target/side-by-side

. "$bench/harness/java.sh"

is_stale() {
    [ -e "$built/built" ] || return 0
    [ "${MITOSIS_REBUILD-}" = no ] && return 1
    newer=$(find "$root/core/src/main" "$bench/src/main" "$bench/pom.xml" "$root/pom.xml" \
        -newer "$built/built" -print | head -n 1)
    [ -n "$newer" ]
}

build() {
    command -v mvn > /dev/null || fail "Maven is needed to build the benchmarks."
    echo "Building (log in bench/target/side-by-side/build.log) ..." >&2
    mkdir -p "$built"
    : > "$built/begun"
    rm -rf "$built"/*.jar "$built/classes"
    if ! JAVA_HOME=$java_home JAVA25_HOME=$java_home \
            mvn -q -B -f "$bench/pom.xml" -DsideBySide package > "$built/build.log" 2>&1 < /dev/null
    then
        cat "$built/build.log" >&2
        fail "the build failed, see above."
    fi
    # The library as its users have it, too: only a jar of its own has a start cache.
    if ! JAVA_HOME=$java_home JAVA25_HOME=$java_home \
            mvn -q -B -f "$root/pom.xml" -pl core -DskipTests package \
            > "$built/build.log" 2>&1 < /dev/null
    then
        cat "$built/build.log" >&2
        fail "the build of the library failed, see above."
    fi
    cp "$root"/core/target/mitosis-core-*[!s].jar "$built/mitosis-core.jar"
    # Its time is that of the beginning: what was changed meanwhile is built next time.
    mv -f "$built/begun" "$built/built"
}

# Finds the JDK and builds what is missing or older than its sources.
prepare() {
    find_java
    if is_stale; then
        build
    fi
}

# Runs class $1 with the other arguments, or builds nothing and prints the head of the command if one is --help.
run_class() {
    class=$1
    shift
    for argument in "$@"; do
        case $argument in
            --help | -h)
                sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"
                exit 0
                ;;
        esac
    done
    prepare
    # Without it a figure says nothing; a program that was changed since is marked.
    commit=$(git -C "$root" describe --always --dirty --exclude '*' 2> /dev/null || echo unknown)
    exec "$java_home/bin/java" --enable-native-access=ALL-UNNAMED "-Xmx${heap:-512m}" \
        "-Dmitosis.bench.commit=$commit" \
        -cp "$built/mitosis-core.jar:$built/side-by-side.jar" "dev.mitosis.bench.$class" "$@"
}
