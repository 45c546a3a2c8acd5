# Builds what the commands in bench/ run, bench/target/side-by-side/side-by-side.jar.
#
# To be sourced by them, with $bench set to this module's directory. A command that runs something
# else says so after that: $built, its folder, $class_path and build_jars.
root=$(cd -P "$bench/.." && pwd)
built=$bench/target/side-by-side
class_path=$built/mitosis-core.jar:$built/side-by-side.jar

. "$bench/harness/java.sh"

is_stale() {
    [ -e "$built/built" ] || return 0
    [ "${MITOSIS_REBUILD-}" = no ] && return 1
    newer=$(find "$root/core/src/main" "$bench/src/main" "$bench/pom.xml" "$root/pom.xml" \
        -newer "$built/built" -print | head -n 1)
    [ -n "$newer" ]
}

# Runs Maven, or shows what it had to say and ends the command.
maven() {
    if ! JAVA_HOME=$java_home JAVA25_HOME=$java_home \
            mvn -q -B "$@" > "$built/build.log" 2>&1 < /dev/null
    then
        cat "$built/build.log" >&2
        fail "the build failed, see above."
    fi
}

build_jars() {
    # The library as its users have it: only a jar of its own has a start cache.
    maven -f "$bench/pom.xml" -DsideBySide -Dapart package
    maven -f "$root/pom.xml" -pl core -DskipTests package
    cp "$root"/core/target/mitosis-core-*[!s].jar "$built/mitosis-core.jar"
}

build() {
    command -v mvn > /dev/null || fail "Maven is needed to build the benchmarks."
    echo "Building (log in ${built#"$root/"}/build.log) ..." >&2
    mkdir -p "$built"
    : > "$built/begun"
    rm -rf "$built"/*.jar "$built/classes" "$built/generated-sources" "$built/lib"
    build_jars
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
        ${java_option:+"$java_option"} "-Dmitosis.bench.commit=$commit" \
        -cp "$class_path" "dev.mitosis.bench.$class" "$@"
}
