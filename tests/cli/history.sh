#!/bin/bash
# What rules know of the history of records: merges, renames, shallow clones, no git, records that go back and forth.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
failed=0
fail() {
	echo "$*"
	cat "$work/out" 2>/dev/null | head -20
	failed=1
}
in_repo() { (cd "$work/repo" && "$@") >/dev/null 2>&1 || fail "$*"; }
commit() { # DAY
	export GIT_AUTHOR_DATE="$1T12:00:00Z" GIT_COMMITTER_DATE="$1T12:00:00Z"
	in_repo git add -A && in_repo git -c user.name=A -c user.email=a@example.net commit -m "$1"
}
begin() { rm -rf "$work/repo" && mkdir -p "$work/repo/decisions" && in_repo git init -b main; }
record() { # FILE STATUS DATE TEXT
	printf '# 1. Run nodes\n\nDate: %s\n\n## Status\n\n%s\n\n## Context\n\nThe lab grows.\n\n## Decision\n\n%s\n' "$3" "$2" "$4" >"$work/repo/decisions/$1"
}
finds() { # RULE WHAT [OPTION...]
	local rule=$1 what=$2
	shift 2
	"$LINTEL" check -C "$work/repo" --format gcc "$@" >"$work/out" 2>&1 </dev/null
	grep -q "\[$rule\]" "$work/out" || fail "$what: no $rule"
}
silent() { # RULE WHAT [OPTION...]
	local rule=$1 what=$2
	shift 2
	"$LINTEL" check -C "$work/repo" --format gcc "$@" >"$work/out" 2>&1 </dev/null
	grep -q "\[$rule\]" "$work/out" && fail "$what: $rule"
}
edited=decision-edited-after-acceptance
old="The cluster runs on three nodes in the cellar, and power comes from two circuits."
new="The cluster runs on five machines in the attic, and current comes off the roof."

begin
record 0001-a.md Accepted 2026-01-01 "$old"
commit 2026-01-01
silent $edited "one version"
record 0001-a.md Accepted 2026-01-01 "$new"
commit 2026-01-05
silent $edited "finished within a week"
record 0001-a.md Accepted 2026-01-01 "$old"
commit 2026-02-05
finds $edited "a month later"
grep -q "0001-a.md:1:6: warning: changed since it was accepted on 2026-01-01: 7 words gone, 7 new" "$work/out" || fail "another text"
silent $edited "no git wanted" --no-git
silent $edited "before this change it was the same" --since HEAD
git clone -q --depth 1 "file://$work/repo" "$work/shallow" 2>/dev/null
"$LINTEL" check -C "$work/shallow" >"$work/out" 2>&1
grep -q "$edited" "$work/out" && fail "a shallow clone"
grep -q "git: shallow clone, what was changed when is not known" "$work/out" || fail "a shallow clone is not said"
rm -rf "$work/repo/.git"
silent $edited "no repository"
rm -rf "$work/shallow"

# Accepted, taken back, accepted again: what counts is the last time.
begin
record 0001-a.md Accepted 2026-01-01 "$old"
commit 2026-01-01
record 0001-a.md Proposed 2026-01-01 "$old"
commit 2026-02-01
record 0001-a.md Accepted 2026-01-01 "$new"
commit 2026-03-01
silent $edited "accepted again"

# Accepted on a branch, merged later; changed on another.
begin
record 0001-a.md Proposed 2026-01-01 "$old"
commit 2026-01-01
in_repo git checkout -b side
record 0001-a.md Accepted 2026-01-01 "$old"
commit 2026-01-10
in_repo git checkout main
printf '# Lab\n' >"$work/repo/README.md"
commit 2026-01-20
export GIT_AUTHOR_DATE=2026-01-30T12:00:00Z GIT_COMMITTER_DATE=2026-01-30T12:00:00Z
in_repo git -c user.name=A -c user.email=a@example.net merge -m merge side
silent $edited "merged"
record 0001-a.md Accepted 2026-01-01 "$new"
commit 2026-03-01
finds $edited "changed after the merge"
grep -q "accepted on 2026-01-10" "$work/out" || fail "the day of the commit that accepted it"

# A file that was renamed begins anew.
in_repo git mv decisions/0001-a.md decisions/0001-b.md
commit 2026-04-01
silent $edited "renamed"

# Proposed long ago, and proposed anew.
begin
record 0001-a.md Deferred 2025-01-01 "$old"
commit 2025-01-01
record 0001-a.md Proposed 2025-01-01 "$old"
commit 2025-11-01
printf '# Lab\n' >"$work/repo/README.md"
commit 2026-01-01
silent decision-proposed-stale "proposed two months ago"
printf '# Lab\n\nMore.\n' >"$work/repo/README.md"
commit 2026-09-01
finds decision-proposed-stale "proposed ten months ago"
grep -q "proposed since 2025-11-01, 304 days" "$work/out" || fail "since when"
exit $failed
