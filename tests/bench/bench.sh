#!/bin/bash
# Builds the bare loop and times lintel against it. Usage: bench.sh BUILD [N...]   Without N the table is kept in
# docs/benchmarks.md.
set -eu
build=$1
shift
here=$(dirname "$0")
"${CC:-gcc}" -O2 -o "$build/limit" "$here/limit.c" $(pkg-config --cflags --libs libcmark-gfm) -lcmark-gfm-extensions
if [ $# -gt 0 ]; then
	exec python3 "$here/bench.py" "$build" "$@"
fi
table=$(mktemp)
trap 'rm -f "$table"' EXIT
python3 "$here/bench.py" "$build" | tee "$table"
cat "$here/benchmarks.head.md" "$table" >"$here/../../docs/benchmarks.md"
