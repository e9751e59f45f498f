#!/bin/bash
# Exit statuses, and one clear line for wrong usage and failures of the world.
set -u
work=$(mktemp -d)
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
failed=0
wants() { # STATUS PATTERN COMMAND...: status, and a pattern in what it prints
	local status=$1 pattern=$2 got out
	shift 2
	out=$("$@" 2>&1 </dev/null)
	got=$?
	if [ $got -ne "$status" ] || ! grep -qE -- "$pattern" <<<"$out"; then
		echo "status $got, wanted $status, pattern '$pattern': $*"
		echo "$out" | head -5
		failed=1
	fi
}

wants 2 "Usage: lintel" "$LINTEL"
wants 0 "Usage: lintel" "$LINTEL" help
wants 0 "Usage: lintel check" "$LINTEL" help check
wants 0 "Usage: lintel check" "$LINTEL" check --help
wants 0 "^lintel [0-9]" "$LINTEL" version
wants 2 "did you mean 'check'" "$LINTEL" chekc
wants 2 "does not take" "$LINTEL" check --strict
wants 2 "does not take" "$LINTEL" version --nonsense
wants 2 "needs a value" "$LINTEL" check -C
wants 2 "no such folder" "$LINTEL" check -C "$work/none"
wants 2 "--jobs takes" "$LINTEL" check --jobs 0
wants 2 "no report format" "$LINTEL" check -C "$work" --format xml
wants 0 "^fact-address +error" "$LINTEL" rules
wants 0 "What to do" "$LINTEL" explain fact-address
wants 2 "did you mean 'fact-address'" "$LINTEL" explain fact-adress
wants 2 "no pass is called" "$LINTEL" dump -C "$work" --after=nothing

mkdir -p "$work/good" "$work/bad"
printf '# Home\n' >"$work/good/README.md"
printf '# Home\n\n[gone](gone.md)\n' >"$work/bad/README.md"
wants 0 "looked at 1 page" "$LINTEL" check -C "$work/good"
wants 1 "link-missing-file" "$LINTEL" check -C "$work/bad"
wants 0 "no findings|info" "$LINTEL" check -C "$work/good" --fail-on warning
wants 1 "site: [1-9]" "$LINTEL" build -C "$work/bad" -o "$work/out"
wants 1 "not written" "$LINTEL" build -C "$work/bad" -o "$work/none" --strict
[ ! -e "$work/none" ] || { echo "--strict wrote a site"; failed=1; }
mkdir "$work/full" && touch "$work/full/mine"
wants 2 "manifest|not.*replace" "$LINTEL" build -C "$work/good" -o "$work/full"
[ -e "$work/full/mine" ] || { echo "a foreign folder was replaced"; failed=1; }

for output in site docs . .. ../elsewhere /tmp; do
	rm -rf "$work/own" && mkdir -p "$work/own/site" "$work/own/docs" "$work/elsewhere" && touch "$work/own/site/mine" "$work/own/docs/mine" "$work/elsewhere/mine"
	printf '# Home\n' >"$work/own/README.md" && printf 'output: %s\n' "$output" >"$work/own/lintel.yaml"
	wants 2 "not empty and not ours|no folder inside the workspace" "$LINTEL" build -C "$work/own"
	wants 2 "not empty and not ours|no folder inside the workspace" "$LINTEL" dump -C "$work/own" --after=emit
	[ -e "$work/own/site/mine" ] && [ -e "$work/own/docs/mine" ] && [ -e "$work/elsewhere/mine" ] || { echo "output: $output replaced a folder"; failed=1; }
done
wants 2 "no such file or folder" "$LINTEL" check -C "$work/bad" nosuch.md
wants 1 "link-missing-file" "$LINTEL" check -C "$work/bad" README.md
wants 1 "link-missing-file" "$LINTEL" check -C "$work/bad" "$work/bad/README.md"
wants 1 "link-missing-file" bash -c 'mkdir -p "$1/docs" && printf "[gone](gone.md)\n" >"$1/docs/b.md" && : >"$1/lintel.yaml" && cd "$1/docs" && "$0" check b.md' "$LINTEL" "$work/deep"
wants 2 "the command comes first" "$LINTEL" --color always check

printf 'tilte: x\n' >"$work/good/lintel.yaml"
wants 1 "config-unknown-key.*tilte" "$LINTEL" check -C "$work/good"
wants 1 "title" "$LINTEL" check -C "$work/good"
printf 'title: [unclosed\n' >"$work/good/lintel.yaml"
wants 2 "lintel.yaml:[0-9]+" "$LINTEL" check -C "$work/good"
rm "$work/good/lintel.yaml"

wants 3 "cannot write" "$LINTEL" check -C "$work/good" --output "$work/no/such/folder/report"
wants 3 "cannot write" bash -c '"$0" rules >/dev/full' "$LINTEL"
exit $failed
