#!/bin/sh
# install.sh BUILT DESTDIR PREFIX VERSION: installs the C library, its header, and what pkg-config and CMake read.
set -eu
built=$1 destination=$2$3 version=$4
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$destination/include" "$destination/lib/pkgconfig" "$destination/lib/cmake/nutgraf"
install -m 644 "$here/../include/nutgraf.h" "$destination/include/nutgraf.h"
install -m 644 "$built/libnutgraf.a" "$destination/lib/libnutgraf.a"
install -m 755 "$built/libnutgraf.so" "$destination/lib/libnutgraf.so.$version"
ln -sf "libnutgraf.so.$version" "$destination/lib/libnutgraf.so.0"
ln -sf libnutgraf.so.0 "$destination/lib/libnutgraf.so"
sed "s/@VERSION@/$version/" "$here/nutgraf.pc" >"$destination/lib/pkgconfig/nutgraf.pc"
sed "s/@VERSION@/$version/" "$here/nutgraf-config.cmake" >"$destination/lib/cmake/nutgraf/nutgraf-config.cmake"
