#!/bin/bash
# Everything that must hold before a change lands: style, both compilers, the sanitizers, every test.
set -u
cd "$(dirname "$0")/.."
jobs=$(nproc)
total_passed=0 total_failed=0

step() { # NAME COMMAND...: counts as one test
	local name=$1
	shift
	local log
	log=$(mktemp)
	if "$@" >"$log" 2>&1; then
		total_passed=$((total_passed + 1))
		echo "ok   $name"
	else
		total_failed=$((total_failed + 1))
		echo "FAIL $name"
		tail -n 60 "$log"
	fi
	rm -f "$log"
}

suite() { # BUILD: adds the counts of its last line
	local log
	log=$(mktemp)
	python3 tests/run_tests.py "$1" | tee "$log" | grep -v ' passed, .* failed$'
	local counts
	counts=$(tail -n 1 "$log")
	rm -f "$log"
	if [[ $counts =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
		echo "$1: $counts in ${SECONDS} s"
		total_passed=$((total_passed + BASH_REMATCH[1]))
		total_failed=$((total_failed + BASH_REMATCH[2]))
	else
		echo "FAIL $1: the suite did not end"
		total_failed=$((total_failed + 1))
	fi
}

# Here a test that lacks what it needs has failed.
export LINTEL_WHOLE=1
export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1
export LSAN_OPTIONS=suppressions=$PWD/tests/leaks.supp:print_suppressions=0
step "build with gcc" make -j"$jobs" WERROR=1 all unit
step "build with clang" make -j"$jobs" WERROR=1 CC=clang BUILD=build/clang all
step "build with sanitizers" make -j"$jobs" WERROR=1 SAN=1 CFLAGS="-O1 -g" BUILD=build/san all unit
step "style" sh tests/style/style.sh
step "the repository checks clean" build/lintel check --fail-on warning
suite build
suite build/san
echo "$total_passed passed, $total_failed failed"
[ "$total_failed" -eq 0 ]
