#!/bin/bash
# check --fix: what it changes, what it keeps byte by byte, what it never touches.
set -u
work=$(mktemp -d)
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
failed=0
fail() {
	echo "$*"
	failed=1
}
status() { # WANTED NAME COMMAND...
	local wanted=$1 name=$2 got
	shift 2
	"$@" >"$work/out" 2>"$work/err" </dev/null
	got=$?
	[ $got -eq "$wanted" ] || { fail "$name: status $got, wanted $wanted"; cat "$work/out" "$work/err" | head -20; }
}
same() { cmp -s "$1" "$2" || { fail "$3"; diff <(od -c "$1") <(od -c "$2") | head -20; }; }

workspace() { # NAME: a folder with one node at 10.10.0.25
	w=$work/$1
	mkdir -p "$w"
	printf 'estate: lab\nclusters:\n  main:\n    nodes:\n      storm: {role: worker, address: 10.10.0.25}\n' >"$w/topology.yaml"
}

# The usual: the wrong address is replaced, the rest stays; a second run changes nothing.
workspace usual
printf '# Main\n\n- storm: 10.10.0.52\n\nThe end' >"$w/README.md"
printf '# Main\n\n- storm: 10.10.0.25\n\nThe end' >"$work/wanted"
cp "$w/README.md" "$work/before"
status 1 "dry run" "$LINTEL" check -C "$w" --fix --dry-run
same "$w/README.md" "$work/before" "a dry run wrote"
cat >"$work/diff" <<'END'
--- a/README.md
+++ b/README.md
@@ -1,5 +1,5 @@
 # Main
 
-- storm: 10.10.0.52
+- storm: 10.10.0.25
 
 The end
\ No newline at end of file
END
same "$work/out" "$work/diff" "the diff is another one"
cp -r "$w" "$work/patched"
(cd "$work/patched" && git apply "$work/out") || fail "git does not take the diff"
same "$work/patched/README.md" "$work/wanted" "the diff leads elsewhere"
chmod 640 "$w/README.md"
status 0 "fix" "$LINTEL" check -C "$w" --fix
same "$w/README.md" "$work/wanted" "the fix is another one"
grep -q "corrected 1 place$" "$work/err" || fail "does not say what was corrected"
[ "$(stat -c %a "$w/README.md")" = 640 ] || fail "the mode is lost"
stamp=$(stat -c %Y.%i "$w/README.md")
status 0 "second fix" "$LINTEL" check -C "$w" --fix
grep -q "corrected 0 places$" "$work/err" || fail "the second run corrects again"
[ "$(stat -c %Y.%i "$w/README.md")" = "$stamp" ] || fail "the second run wrote"
status 0 "dry run of nothing" "$LINTEL" check -C "$w" --fix --dry-run
[ ! -s "$work/out" ] || fail "a diff of nothing"
ls -A "$w" | grep -q '^\.lintel' && fail "a temporary file is left"

# CRLF, a byte order mark, malformed bytes and trailing blanks stay.
workspace bytes
printf '\xef\xbb\xbf# Main\r\n\r\n- storm: 10.10.0.52  \r\n\r\nbad \xff\x00 byte\t\r\n' >"$w/README.md"
printf '\xef\xbb\xbf# Main\r\n\r\n- storm: 10.10.0.25  \r\n\r\nbad \xff\x00 byte\t\r\n' >"$work/wanted"
status 1 "bytes, dry run" "$LINTEL" check -C "$w" --fix --dry-run
grep -q $'^+- storm: 10.10.0.25  \r$' "$work/out" || fail "the diff lost the line's end"
status 1 "bytes" "$LINTEL" check -C "$w" --fix
same "$w/README.md" "$work/wanted" "other bytes changed"

# A generated region takes the line ends of its file, and holds a correction that it overlaps.
workspace region
printf '# Main\r\n\r\n<!-- lintel:begin node-table -->\r\n| Node | Address |\r\n|---|---|\r\n| storm | 10.10.0.52 |\r\n<!-- lintel:end -->\r\n' >"$w/README.md"
printf '# Main\r\n\r\n<!-- lintel:begin node-table -->\r\n\r\n| Node | Role | Address |\r\n|---|---|---|\r\n| storm | worker | 10.10.0.25 |\r\n\r\n<!-- lintel:end -->\r\n' >"$work/wanted"
status 0 "region" "$LINTEL" check -C "$w" --fix
same "$w/README.md" "$work/wanted" "the region is another one"
status 0 "region again" "$LINTEL" check -C "$w" --fix
grep -q "corrected 0 places$" "$work/err" || fail "the region is written twice"

# Only what is shown: suppressed findings and other paths are left.
workspace shown
printf '# Main\n\n[a](a.md)\n\n<!-- lintel-disable-next-line fact-address: as it was -->\n- storm: 10.10.0.52\n' >"$w/README.md"
printf '# Main\n\n- storm: 10.10.0.53\n' >"$w/a.md"
cp "$w/README.md" "$work/readme"
cp "$w/a.md" "$work/a"
status 0 "other path" "$LINTEL" check -C "$w" --fix "$w/README.md"
same "$w/a.md" "$work/a" "a file that was not asked for changed"
status 0 "all paths" "$LINTEL" check -C "$w" --fix
same "$w/README.md" "$work/readme" "a suppressed finding was corrected"
grep -q '10.10.0.25' "$w/a.md" || fail "the file that is shown was not corrected"

# One value in many places is one finding; each place is corrected, but where a comment says that it stays.
workspace places
printf '# Main\n\n[b](b.md)\n\n- storm: 10.10.0.52\n' >"$w/README.md"
{
	printf '# Main\n\n'
	for i in 1 2 3 4 5 6 7 8; do printf '## Main %d\n\n- storm: 10.10.0.52\n\n' $i; done
	printf '## Main 9\n\n<!-- lintel-disable-next-line fact-address: as it was -->\n- storm: 10.10.0.52\n'
} >"$w/b.md"
"$LINTEL" check -C "$w" --fix >"$work/out" 2>"$work/err" </dev/null
[ "$(cat "$w/README.md" "$w/b.md" | grep -c '10.10.0.25')" = 9 ] || fail "not every place was corrected"
[ "$(cat "$w/README.md" "$w/b.md" | grep -c '10.10.0.52')" = 1 ] || fail "a place that is to stay was corrected"

# Facts of every form: the value alone is replaced; a number word, a box whose line would move and a value among others
# stay. A correction of several places has all of its edits in the JSON report.
workspace forms
cat >"$w/topology.yaml" <<'END'
estate: lab
clusters:
  main:
    nodes:
      storm: {role: worker, address: 10.10.0.25, memory: 16 GB}
      khelben: {role: worker, address: 10.10.0.32, memory: 32 GB}
  pool: {node_count: 12}
END
forms() { # COUNT MEMORY POOL BOXED
	printf '# Main\n\n- **Nodes**: %s  \n- `main` has eight nodes.\n\nThe **main** cluster (%s nodes) runs.\n\n' "$1" "$1"
	printf '|  Node   | Memory |\n|---|:-:|\n| storm |  %s | \n|khelben|32 GB|\n\n' "$2"
	printf '```mermaid\ngraph TD\n  main["main (%s nodes)"] --> s["storm<br/>10.10.0.25"]\n```\n\n' "$1"
	printf '```\n┌─────────────────┐   ┌────────────────┐\n│ main (%s nodes)  │   │ pool (%s nodes) │\n└─────────────────┘   └────────────────┘\n```\n' "$4" "$3"
}
forms 8 "64 GB" 10 8 >"$w/README.md"
forms 2 "16 GB" 12 2 >"$work/wanted"
"$LINTEL" check -C "$w" --format json >"$work/out" 2>"$work/err" </dev/null
python3 - "$work/out" <<'END' || fail "the edits of the JSON report are others"
import json, sys
found = json.load(open(sys.argv[1]))["diagnostics"]
counts = [f for f in found if f["rule"] == "fact-count" and "main" in f["message"]]
assert len(counts) == 1, found
assert counts[0]["edits"][0] == counts[0]["fix"] and len(counts[0]["edits"]) == 4, counts
assert all(e["text"] == "2" and e["end"] - e["start"] == 1 for e in counts[0]["edits"]), counts
assert all("edits" not in f for f in found if f["rule"] == "fact-quantity"), found
END
"$LINTEL" check -C "$w" --fix >"$work/out" 2>"$work/err" </dev/null
same "$w/README.md" "$work/wanted" "facts are corrected otherwise"
cp "$w/README.md" "$work/before"
"$LINTEL" check -C "$w" --fix >"$work/out" 2>"$work/err" </dev/null
grep -q "corrected 0 places$" "$work/err" || fail "facts are corrected twice"
same "$w/README.md" "$work/before" "the second run wrote"

workspace moved
printf 'estate: lab\nclusters:\n  main: {node_count: 8}\n' >"$w/topology.yaml"
printf '# Main\n\n```\n┌─────────────────┐\n│ main (12 nodes) │\n└─────────────────┘\n```\n' >"$w/README.md"
cp "$w/README.md" "$work/before"
"$LINTEL" check -C "$w" --fix --format gcc >"$work/out" 2>"$work/err" </dev/null
grep -q fact-count "$work/out" || fail "the count of a box is not found"
same "$w/README.md" "$work/before" "the line of a box was moved"

# Findings without a correction stay, and are reported.
workspace left
printf '# Main\n\n- storm: 10.10.0.52\n\n[gone](gone.md)\n' >"$w/README.md"
status 1 "left" "$LINTEL" check -C "$w" --fix --format gcc
[ "$(grep -c error "$work/out")" = 1 ] && grep -q link-missing-file "$work/out" || fail "what is left is reported wrongly"

# Nothing is written through a symbolic link.
workspace links
mkdir "$w/sub" "$work/elsewhere"
printf '# Main\n\n- storm: 10.10.0.52\n' >"$work/elsewhere/real.md"
printf '# Main\n\n- storm: 10.10.0.52\n' >"$w/real.txt"
ln -s "$work/elsewhere/real.md" "$w/out.md"
ln -s real.txt "$w/in.md"
cp "$w/real.txt" "$work/before"
"$LINTEL" check -C "$w" --fix >"$work/out" 2>"$work/err" </dev/null
same "$work/elsewhere/real.md" "$work/before" "a file outside of the workspace was written"
same "$w/real.txt" "$work/before" "a file was written through a link"
[ -L "$w/in.md" ] && [ -L "$w/out.md" ] || fail "a link was replaced"

# Control characters of a document do not reach the terminal; nor does a line that a build service takes for a command.
workspace hostile
printf '# Main\n\n::error::stop\n- storm: 10.10.0.52 \x1b[31m\n' >"$w/README.md"
status 1 "hostile" "$LINTEL" check -C "$w" --fix --dry-run
grep -q $'\x1b' "$work/out" && fail "an escape sequence is in the diff"
grep -qE '^\s*::' "$work/out" && fail "a command is in the diff"

# Files that may not be written end the run before anything is.
workspace readonly
printf '# Main\n\n- storm: 10.10.0.52\n' >"$w/b.md"
printf '# Main\n\n[b](b.md)\n\n- storm: 10.10.0.52\n' >"$w/README.md"
cp "$w/README.md" "$work/before"
chmod 444 "$w/b.md"
status 3 "read-only" "$LINTEL" check -C "$w" --fix
grep -q "cannot write .*b.md" "$work/err" || fail "does not say which file"
same "$w/README.md" "$work/before" "one file was written although another may not be"
status 1 "read-only, dry run" "$LINTEL" check -C "$w" --fix --dry-run

status 2 "dry run alone" "$LINTEL" check -C "$w" --dry-run
status 2 "another command" "$LINTEL" build -C "$w" --fix
exit $failed
