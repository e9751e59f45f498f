#!/bin/bash
# check --since and --merge: a pull request is judged by what it brings, and by what merging it gives.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null GIT_AUTHOR_DATE=2026-03-01T12:00:00Z GIT_COMMITTER_DATE=2026-03-01T12:00:00Z
failed=0
fail() {
	echo "$*"
	cat "$work/out" "$work/err" 2>/dev/null | head -20
	failed=1
}
in_repo() { (cd "$work/repo" && "$@") >/dev/null 2>&1 || fail "$*"; }
commit() { in_repo git add -A && in_repo git -c user.name=A -c user.email=a@example.net commit -m "$1"; }
lintel() { # WANTED ARGUMENT...
	local wanted=$1 got
	shift
	"$LINTEL" check -C "$work/repo" "$@" >"$work/out" 2>"$work/err" </dev/null
	got=$?
	[ $got -eq "$wanted" ] || fail "check $*: status $got, wanted $wanted"
}
lines() { [ "$(grep -cE '\[[a-z-]+\]$' "$work/out")" = "$1" ] || fail "$2: not $1 findings"; }
record() { # NUMBER NAME
	mkdir -p "$work/repo/decisions"
	printf '# %d. Use %s\n\nDate: 2026-01-02\n\n## Status\n\nAccepted\n\n## Context\n\nWhy.\n' "$1" "$2" >"$work/repo/decisions/$(printf '%04d' "$1")-use-$2.md"
}

mkdir "$work/repo"
in_repo git init -b main
record 1 talos
record 2 cilium
printf '# Lab\n\n[gone](gone.md), [gone](gone.md)\n\n[more](more.md)\n' >"$work/repo/README.md"
printf '# More\n\n[lost](lost.md)\n' >"$work/repo/more.md"
commit one
lintel 1 --format gcc
lines 3 "all"

# Nothing changed, nothing is new. What was there before is counted.
lintel 0 --since HEAD --format gcc
lines 0 "no change"
lintel 0 --since HEAD
grep -q "no findings; 3 that were there before are left out" "$work/out" || fail "the summary does not say what was left out"

# Lines that moved are no news; a third broken link of the same words is, and so is one of other words.
printf '# Lab\n\nNew words.\n\n[gone](gone.md), [gone](gone.md)\n\nAnd [gone](gone.md), [other](other.md).\n\n[more](more.md)\n' >"$work/repo/README.md"
lintel 1 --since main --format gcc
lines 2 "a change"
grep -q "README.md:7:.*other.md" "$work/out" || fail "the new one is not told of"

# A file that was renamed brings its findings along.
in_repo git checkout README.md
in_repo git mv more.md notes.md
printf '# Lab\n\n[gone](gone.md), [gone](gone.md)\n\n[more](notes.md)\n' >"$work/repo/README.md"
lintel 0 --since main --format gcc
lines 0 "a renamed file"
in_repo git reset --hard

# main goes on: what it corrects or breaks meanwhile is not of this change.
in_repo git checkout -b work
record 3 garage
commit two
in_repo git checkout main
printf '# More\n\n[lost](lost.md), [new](new.md)\n' >"$work/repo/more.md"
record 3 rook
printf '# Lab\n\nOnly [more](more.md)\n' >"$work/repo/README.md"
commit three
in_repo git checkout work
lintel 1 --since main --format gcc
lines 1 "a number that is taken"
grep -q "decisions/0003-use-garage.md:1:3: error: number 3 is taken in main: there it is decisions/0003-use-rook.md \[decision-number-taken\]" "$work/out" ||
	fail "the number that is taken is not told of"
lintel 1 --since main
grep -q "next free number, 4" "$work/out" || fail "does not say which number is free"
lintel 0 --since HEAD --format gcc
lines 0 "no change against oneself"

# Right apart, wrong together.
lintel 1 --merge main --format gcc
grep -q "decision-number-duplicate" "$work/out" || fail "the merge holds one number twice, and nothing is said"
grep -q "new.md does not exist" "$work/out" || fail "what main brings is not in the merge"
grep -q "gone.md" "$work/out" && fail "what main corrected is in the merge"
[ -z "$(cd "$work/repo" && git status --porcelain)" ] || fail "the work tree was touched"
lintel 1 --merge main --since main --format gcc
grep -q "decision-number-duplicate" "$work/out" || fail "the finding that the merge brings is left out"

# What cannot be merged is said in one line.
printf '# More\n\nNothing\n' >"$work/repo/more.md"
commit four
lintel 2 --merge main
grep -q "cannot merge main into HEAD: the two conflict in more.md" "$work/err" || fail "the conflict is not named"

# Wrong usage.
lintel 2 --since nothing
grep -q "cannot read nothing" "$work/err" || fail "a revision that is not there"
lintel 2 --merge main --fix
mkdir "$work/plain"
"$LINTEL" check -C "$work/plain" --since HEAD >"$work/out" 2>"$work/err" </dev/null
[ $? -eq 2 ] && grep -q "no git repository" "$work/err" || fail "no repository"

# A shallow clone knows no common commit: the revision itself is what is compared with.
git clone -q --depth 1 "file://$work/repo" "$work/shallow" 2>/dev/null
"$LINTEL" check -C "$work/shallow" --since HEAD >"$work/out" 2>"$work/err" </dev/null || fail "shallow"
grep -q "git: shallow clone" "$work/out" || fail "does not say that the clone is shallow"
exit $failed
