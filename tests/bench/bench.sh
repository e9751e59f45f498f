#!/bin/bash
# Builds the bare loop and times lintel against it. Usage: bench.sh BUILD [N...]
set -eu
build=$1
shift
here=$(dirname "$0")
"${CC:-gcc}" -O2 -o "$build/limit" "$here/limit.c" $(pkg-config --cflags --libs libcmark-gfm) -lcmark-gfm-extensions
exec python3 "$here/bench.py" "$build" "$@"
