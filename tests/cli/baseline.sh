#!/bin/bash
# A baseline accepts what is found today, fails on what is new, tells of rows that accept nothing, and only shrinks.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
cd "$work" || exit 1
wants() { # STATUS PATTERN ARGUMENT...: status, and a pattern in what is printed; "!pattern" must not be there
	local status=$1 pattern=$2 out got bad=0
	shift 2
	out=$("$LINTEL" "$@" --no-git 2>&1)
	got=$?
	if [[ $pattern == !* ]]; then
		grep -qE -- "${pattern:1}" <<<"$out" && bad=1
	else
		grep -qE -- "$pattern" <<<"$out" || bad=1
	fi
	[ $got -eq "$status" ] && [ $bad = 0 ] && return
	echo "status $got, wanted $status, pattern '$pattern': lintel $*"
	echo "$out" | head -8
	failed=1
}
mkdir w && cd w || exit 1
printf '# Home\n\n[one](one.md), [two](two.md) and [two again](two.md)\n' >README.md
wants 1 'one.md does not exist' check
wants 2 'there is no baseline' check --baseline base.txt
wants 0 'base.txt accepts 3 findings$' check --write-baseline base.txt
wants 0 '3 that the baseline accepts are left out' check --baseline base.txt
wants 0 '!does not exist' check --baseline base.txt

# lines move, and rows still match; a third link to two.md is one more than the two that are accepted
printf '# Home\n\nMore text.\n\n[one](one.md), [two](two.md) and [two again](two.md)\n' >README.md
wants 0 'no findings; 3 that' check --baseline base.txt
printf '\n[three](three.md), [two](two.md)\n' >>README.md
wants 1 'three.md does not exist' check --baseline base.txt
wants 1 '^2 errors; 3 that' check --baseline base.txt
cp base.txt before.txt
wants 1 'accepts 3 findings; 2 are new and not taken in' check --write-baseline base.txt
cmp -s base.txt before.txt || { echo "the baseline grew"; failed=1; }

# what is mended leaves a row that accepts nothing, and rewriting takes it out
printf '# Home\n\n[two](two.md)\n' >README.md
wants 0 'base.txt:[34]:1' check --baseline base.txt
wants 0 'nothing to accept: link-missing-file is found 1 times here, not 2' check --baseline base.txt
wants 1 'nothing to accept' check --baseline base.txt --fail-on warning
wants 0 'accepts 1 finding; 2 are found no longer' check --write-baseline base.txt
wants 0 '!nothing to accept' check --baseline base.txt --fail-on warning

# the configuration names one, for build too; it lies inside the workspace
printf 'baseline: base.txt\n' >lintel.yaml
wants 0 '1 that the baseline accepts' check
wants 0 '1 that the baseline accepts' build
printf 'baseline: ../base.txt\n' >lintel.yaml
wants 2 'no file inside the workspace' check
ln -s /etc/hostname link.txt
printf 'baseline: link.txt\n' >lintel.yaml
wants 2 'no file inside the workspace' check
rm lintel.yaml link.txt

# syntax errors are never accepted; files that are no baseline are refused
printf 'estate: x\n\tnodes: 1\n' >topology.yaml
rm base.txt
wants 0 'accepts 1 finding$' check --write-baseline base.txt
wants 1 'topology-syntax' check --baseline base.txt
printf 'hello\n' >bad.txt
wants 2 'bad.txt is no baseline' check --baseline bad.txt
printf '# lintel baseline 1\nabc\n' >bad.txt
wants 2 'bad.txt:2: no row' check --baseline bad.txt
wants 2 'takes all of the workspace' check --write-baseline base.txt --fix
exit $failed
