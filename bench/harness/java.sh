# Finds a JDK 25 or newer; for the commands in bench and build, which source this.
# Sets java_home, or ends the command with a sentence on what to do.

command_name=$(basename "$0")

fail() {
    echo "$command_name: $*" >&2
    exit 2
}

# Is $1 the home of a JDK, 25 or newer?
is_new_enough() {
    [ -x "$1/bin/javac" ] || return 1
    version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
    [ "${version:-0}" -ge 25 ]
}

# Prints the homes that Java may have here, one a line, the likeliest first.
candidates() {
    printf '%s\n' "${JAVA_HOME-}" "${JAVA25_HOME-}"
    if on_path=$(command -v java); then
        dirname "$(dirname "$(readlink -f "$on_path")")"
    fi
    [ -x /usr/libexec/java_home ] && /usr/libexec/java_home -v 25+ 2>/dev/null
    printf '%s\n' /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /opt/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home
}

find_java() {
    if [ -n "${MITOSIS_JAVA_HOME-}" ]; then
        is_new_enough "$MITOSIS_JAVA_HOME" \
            || fail "MITOSIS_JAVA_HOME is $MITOSIS_JAVA_HOME, which is not a JDK 25 or newer."
        java_home=$MITOSIS_JAVA_HOME
        return
    fi
    java_home=$(candidates | while IFS= read -r home; do
        if [ -n "$home" ] && is_new_enough "$home"; then
            printf '%s\n' "$home"
            break
        fi
    done)
    [ -n "$java_home" ] || fail "no JDK 25 or newer was found: install one or set" \
        "MITOSIS_JAVA_HOME to where it is."
}
