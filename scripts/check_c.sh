#!/bin/bash
# check_c.sh TARGET: tests the C interface against the libraries built in TARGET/dist. Everything it makes lies in
# build/c. Deliberate bugs prove that the memory checkers are alive.
set -euo pipefail
cd "$(dirname "$0")/.."
target=$1
out=$PWD/build/c
rm -rf "$out" && mkdir -p "$out"
built=$target/dist
warnings="-Wall -Wextra -Werror -pedantic"
system="-lgcc_s -lutil -lrt -lpthread -lm -ldl -lc"
texts=(seeds/vectors/documents/bridge.txt seeds/vectors/documents/bridge_rival.txt)

step() { echo "c: $*"; }
must_fail() {
    local name=$1
    shift
    if "$@" >"$out/$name.log" 2>&1; then
        echo "c: the deliberate bug was not found: $*" >&2
        exit 1
    fi
}

step "the header compiles as C99, C11, C17, C++11, C++17, C++20"
for standard in c99 c11 c17; do
    echo '#include <nutgraf.h>' | gcc -std=$standard $warnings -Iffi/include -fsyntax-only -x c -
done
for standard in c++11 c++17 c++20; do
    echo '#include <nutgraf.h>' | g++ -std=$standard $warnings -Iffi/include -fsyntax-only -x c++ -
done

step "header and shared library hold the same functions"
grep -o 'nutgraf_[a-z0-9_]*(' ffi/include/nutgraf.h | tr -d '(' | sort -u >"$out/declared"
nm -D --defined-only "$built/libnutgraf.so" | awk '$2 == "T" {print $3}' | sort -u >"$out/exported"
diff "$out/declared" "$out/exported"
readelf -d "$built/libnutgraf.so" | grep -q 'SONAME.*\[libnutgraf.so.0\]'

step "install, then examples as C11 and C++17 by pkg-config, and by CMake"
ffi/package/install.sh "$built" "" "$out/prefix" 0.1.0
export PKG_CONFIG_PATH=$out/prefix/lib/pkgconfig LD_LIBRARY_PATH=$out/prefix/lib
for example in match summarize digest focus; do
    # shellcheck disable=SC2046,SC2086 # flags are words
    gcc -std=c11 $warnings ffi/examples/$example.c -o "$out/$example.c11" $(pkg-config --cflags --libs nutgraf)
    # shellcheck disable=SC2046,SC2086
    g++ -std=c++17 $warnings -x c++ ffi/examples/$example.c -x none -o "$out/$example.c++17" $(pkg-config --cflags --libs nutgraf)
    "$out/$example.c11" "${texts[@]}" >"$out/$example.c11.txt"
    "$out/$example.c++17" "${texts[@]}" >"$out/$example.c++17.txt"
    cmp "$out/$example.c11.txt" "$out/$example.c++17.txt"
    test -s "$out/$example.c11.txt"
done
cmake -S ffi/tests -B "$out/cmake" -DCMAKE_PREFIX_PATH="$out/prefix" >"$out/cmake.log"
cmake --build "$out/cmake" >>"$out/cmake.log"
"$out/cmake/shared" "${texts[0]}" | cmp - "$out/summarize.c11.txt"
"$out/cmake/static" "${texts[0]}" | cmp - "$out/summarize.c11.txt"

step "every function, every vector; plain and under valgrind"
build() { # compiler standard source output library flags...
    local compiler=$1 standard=$2 source=$3 output=$4 library=$5
    shift 5
    # shellcheck disable=SC2086
    $compiler -std=$standard -g $warnings "$@" -Iffi/include "ffi/tests/$source.c" -x none -o "$out/$output" "$library" $system
}
for source in api catalog vectors finding bug; do build gcc c11 $source $source "$built/libnutgraf.a"; done
build g++ c++17 api api.c++17 "$built/libnutgraf.a" -x c++
build g++ c++17 catalog catalog.c++17 "$built/libnutgraf.a" -x c++
"$out/api"
"$out/api.c++17" >/dev/null
"$out/vectors" seeds/vectors
"$out/catalog" "$out/names.catalog"
"$out/catalog.c++17" "$out/names.catalog" >/dev/null
"$out/finding" seeds/vectors/finding
memory="valgrind --quiet --error-exitcode=9 --leak-check=full --show-leak-kinds=definite,indirect --errors-for-leak-kinds=definite,indirect"
$memory "$out/api" >/dev/null
$memory "$out/catalog" "$out/names.catalog" >/dev/null
$memory "$out/finding" seeds/vectors/finding >/dev/null
$memory "$out/bug" none
for bug in leak use_after_free over_read; do must_fail "valgrind.$bug" $memory "$out/bug" $bug; done

step "the same with AddressSanitizer, Rust instrumented"
host=$(rustc -vV | sed -n 's/^host: //p')
RUSTC_BOOTSTRAP=1 RUSTFLAGS="-Zsanitizer=address" CARGO_PROFILE_DIST_LTO=off CARGO_PROFILE_DIST_CODEGEN_UNITS=16 \
    CARGO_PROFILE_DIST_OPT_LEVEL=1 CARGO_PROFILE_DIST_STRIP=none \
    cargo build --locked --quiet --profile dist --package nutgraf-ffi --target "$host" --target-dir "$target/asan"
sanitized=$target/asan/$host/dist/libnutgraf.a
for source in api catalog vectors finding bug; do build gcc c11 $source $source.asan "$sanitized" -fsanitize=address; done
"$out/api.asan"
"$out/vectors.asan" seeds/vectors
"$out/catalog.asan" "$out/names.catalog"
"$out/finding.asan" seeds/vectors/finding
"$out/bug.asan" none
for bug in leak use_after_free over_read; do must_fail "asan.$bug" "$out/bug.asan" $bug; done
grep -q heap-use-after-free "$out/asan.use_after_free.log"
grep -q heap-buffer-overflow "$out/asan.over_read.log"
grep -q LeakSanitizer "$out/asan.leak.log"
echo "c: all passed"
