#!/bin/sh
# Sees to it that the programs which the tests call are there: through apt where it may, else it says what to install.
set -eu
missing=
need() {
    command -v "$1" >/dev/null 2>&1 || missing="$missing $2"
}
need cargo rustup
need python3 python3
need make make
need gcc gcc
need g++ g++
need nm binutils
need valgrind valgrind
need pkg-config pkg-config
need cmake cmake
need bzcat bzip2
[ -f /usr/share/unicode/CaseFolding.txt ] || missing="$missing unicode-data"
python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null || missing="$missing python3-venv"
[ -n "$missing" ] || exit 0
case "$missing" in
*rustup*)
    echo "tests: Rust is missing; install it from https://rustup.rs" >&2
    exit 1
    ;;
esac
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086 # one word for each package
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } </dev/null >build-tools.log 2>&1 || {
        cat build-tools.log >&2
        rm -f build-tools.log
        echo "tests: apt could not install:$missing" >&2
        exit 1
    }
    rm -f build-tools.log
else
    echo "tests: please install:$missing" >&2
    exit 1
fi
