#!/bin/bash
# lintel graph supersession: a whole log, the records around one, and what a log too large for a drawing says.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
fail() {
	echo "$*"
	failed=1
}
record() { # FILE NUMBER STATUS...
	local file=$1 number=$2
	shift 2
	printf '# %d. Use %d\n\nDate: 2026-01-02\n\n## Status\n\n%s\n\n## Context\n\nWhy.\n' "$number" "$number" "$*" >"$file"
}
graph() { "$LINTEL" graph supersession -C "$work/log" "$@" >"$work/out" 2>"$work/err" </dev/null; }

mkdir -p "$work/log/decisions"
for i in $(seq 1 600); do
	file=$(printf '%s/log/decisions/%04d-use-%d.md' "$work" "$i" "$i")
	if [ $((i % 2)) = 0 ]; then
		record "$file" "$i" "Accepted. Supersedes [$((i - 1))]($(printf '%04d' $((i - 1)))-use-$((i - 1)).md)"
	else
		record "$file" "$i" Accepted
	fi
done
graph --format svg || fail "svg: status $?"
grep -q "240 of 600 related records are shown" "$work/err" || fail "does not say what was left out: $(cat "$work/err")"
[ "$(grep -o 'ADR-0[0-9]*' "$work/out" | sort -u | wc -l)" = 240 ] || fail "draws another number of records"
grep -q ADR-0600 "$work/out" || fail "the newest record is not drawn"
grep -q ADR-0002 "$work/out" && fail "the oldest record is drawn"
graph --format dot && [ "$(grep -c 'superseded by' "$work/out")" = 300 ] || fail "dot leaves relations out"
graph --format text && [ "$(grep -c 'superseded by' "$work/out")" = 300 ] || fail "text leaves relations out"
[ -s "$work/err" ] && fail "text says that something is left out"

for name in 0007 ADR-7 7 decisions/0007-use-7.md 0007-use-7; do
	graph "$name" --format text || fail "$name: $(cat "$work/err")"
	printf 'ADR-0007  Use 7  [superseded]\n    superseded by ADR-0008\nADR-0008  Use 8  [accepted]\n' | cmp -s - "$work/out" ||
		fail "$name: $(cat "$work/out")"
done
graph nothing && fail "takes a log that is not there"
grep -q "no decision log or record is called 'nothing'" "$work/err" || fail "$(cat "$work/err")"
mkdir -p "$work/log/more/decisions"
record "$work/log/more/decisions/0007-other.md" 7 Accepted
graph && fail "draws one of two logs"
grep -q "several decision logs" "$work/err" || fail "$(cat "$work/err")"
graph ADR-7 && fail "draws one of two records"
grep -q "several records have the number 7" "$work/err" || fail "$(cat "$work/err")"
exit $failed
