#!/bin/sh
# Compiles the native door against the libtorch of the system (Debian: libtorch-dev).  usage: build.sh OUTDIR
# LIBTORCH=/path/to/libtorch uses an unpacked libtorch instead.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$1
mkdir -p "$out"
flags="-std=c++17 -O1 -fPIC -fvisibility=hidden -shared -w"
if [ -n "${LIBTORCH:-}" ]; then
    flags="$flags -I$LIBTORCH/include -L$LIBTORCH/lib -Wl,-rpath,$LIBTORCH/lib"
elif ! [ -f /usr/include/ATen/ATen.h ]; then
    echo "build.sh: libtorch's headers were not found; install libtorch-dev or set LIBTORCH" >&2
    exit 1
fi
# Written under a second name first, so that an interrupted build leaves no half library.
${CXX:-g++} $flags "$here/door.cpp" -o "$out/libIltTorchDoor.so.part" -ltorch_cpu -lc10
mv "$out/libIltTorchDoor.so.part" "$out/libIltTorchDoor.so"
