#!/bin/bash
# Broken workspaces: a clear finding or message, no crash, no hang; and the previous site stays whole.
set -u
work=$(mktemp -d)
trap 'umount "$work/small" 2>/dev/null; rm -rf "$work"' EXIT
failed=0
fail() { echo "$*"; failed=1; }
check() { timeout 60 "$LINTEL" check -C "$1" >"$work/out" 2>&1 </dev/null; }

mkdir "$work/empty"
check "$work/empty"
[ $? -eq 0 ] || fail "an empty folder ends with $?"
grep -q "nothing: there is no document here" "$work/out" || fail "an empty folder is not said to be empty"

mkdir -p "$work/files/content" && : >"$work/files/content/empty.md" && : >"$work/files/content/topology.yaml" && : >"$work/files/lintel.yaml"
check "$work/files"
[ $? -le 1 ] || fail "empty files: $(cat "$work/out")"

mkdir "$work/line" && printf '# Long\n\n' >"$work/line/a.md" && head -c 100000000 /dev/zero | tr '\0' 'x' >>"$work/line/a.md"
check "$work/line"
[ $? -le 1 ] || fail "a line of 100 MB: $(tail -1 "$work/out")"
grep -q "limit-reached" "$work/out" || fail "a file over the limit is not told"

mkdir "$work/bomb"
python3 - >"$work/bomb/topology.yaml" <<'PY'
print("estate: bomb\na0: &a0 [x, x, x, x, x, x, x, x, x]")
for i in range(1, 12):
    print("a%d: &a%d [%s]" % (i, i, ", ".join(["*a%d" % (i - 1)] * 9)))
PY
check "$work/bomb"
[ $? -eq 1 ] && grep -q "topology-syntax" "$work/out" || fail "a YAML bomb: $(tail -3 "$work/out")"
mkdir "$work/deep" && { printf 'estate: x\ny: '; head -c 200000 /dev/zero | tr '\0' '['; } >"$work/deep/topology.yaml"
check "$work/deep"
[ $? -eq 1 ] && grep -q "topology-syntax" "$work/out" || fail "deep YAML: $(tail -3 "$work/out")"

mkdir -p "$work/links/a" && ln -s ../a "$work/links/a/loop" && ln -s loop2 "$work/links/loop2" && ln -s /etc/passwd "$work/links/p.md" &&
	printf '# A\n' >"$work/links/a/a.md"
check "$work/links"
[ $? -le 1 ] || fail "symlink loops: $(tail -1 "$work/out")"
grep -q "root:" "$work/out" && fail "a file outside the workspace was read"

mkdir "$work/fifo" && mkfifo "$work/fifo/pipe.md" && printf '# A\n' >"$work/fifo/a.md"
check "$work/fifo"
[ $? -le 1 ] || fail "a FIFO: $(tail -1 "$work/out")"

# Names that are no file names: of a topology, and of a document whose page has a longer one.
mkdir -p "$work/names/content" "$work/names/diagrams" && printf '# A\n' | tee "$work/names/content/a.md" >"$work/names/content/$(printf 'x%.0s' $(seq 252)).md"
echo 'digraph { a -> b }' >"$work/names/diagrams/$(printf 'd%.0s' $(seq 251)).dot"
printf 'estate: ..\nnetworks:\n  ..: {cidr: 10.1.0.0/16}\n  %s: {cidr: 10.2.0.0/16}\n' "$(printf 'n%.0s' $(seq 1000))" >"$work/names/content/topology.yaml"
printf 'estate: .\n' >"$work/names/diagrams/topology.yaml"
"$LINTEL" build -C "$work/names" -o "$work/names-site" --quiet >"$work/out" 2>&1
[ $? -le 1 ] || fail "names that are no file names: $(cut -c1-200 "$work/out")"
[ "$(find "$work/names-site/estates" -name '*.html' | wc -l)" -ge 4 ] || fail "entities with odd names have no pages"

check "$work"/$'not\n\e[31mthere'
[ $? -eq 2 ] && [ "$(wc -l <"$work/out")" -eq 1 ] && ! grep -q $'\e' "$work/out" || fail "a name rules the terminal"

mkdir "$work/blown" && python3 -c "print('# B\n\n[a]: ' + 'x' * 20000 + '\n\n' + '[a]' * 6666)" >"$work/blown/a.md" && printf '# C\n\n[no](no.md)\n' >"$work/blown/c.md"
"$LINTEL" build -C "$work/blown" -o "$work/blown-site" --quiet >"$work/out" 2>&1
grep -q limit-reached "$work/out" && grep -q "no.md does not exist" "$work/out" || fail "a document that blows up: $(cut -c1-200 "$work/out" | tail -1)"
[ "$(du -sm "$work/blown-site" | cut -f1)" -lt 5 ] || fail "40 KB of markdown make a site of $(du -sm "$work/blown-site" | cut -f1) MB"

mkdir "$work/git" && printf '# A\n' >"$work/git/a.md" && git -C "$work/git" init -q && mkfifo "$work/git.pipe" &&
	printf '[include]\n\tpath = %s\n' "$work/git.pipe" >>"$work/git/.git/config"
timeout 30 "$LINTEL" check -C "$work/git" >"$work/out" 2>&1 </dev/null
[ $? -eq 0 ] && grep -q "no git data: .*too long" "$work/out" || fail "a git configuration that includes a pipe: $(tail -1 "$work/out")"

mkdir "$work/nested" && python3 -c "
print('# N\n')
for i in range(3000): print('  ' * i + '- a\n')
print('[' * 50000)
print('> ' * 20000 + 'x')" >"$work/nested/a.md"
check "$work/nested"
[ $? -le 1 ] || fail "deep nesting ends with an error: $(tail -1 "$work/out")"

# The previous site survives what goes wrong.
mkdir "$work/ws" && for i in $(seq 300); do printf '# Page %d\n\nText.\n' "$i" >"$work/ws/p$i.md"; done
"$LINTEL" build -C "$work/ws" -o "$work/site" --quiet || fail "build"
before=$(cd "$work/site" && find . -type f | sort | xargs sha256sum)
printf '\nMore.\n' | tee -a "$work"/ws/*.md >/dev/null
for delay in 0.001 0.005 0.01 0.02 0.03 0.05 0.08; do
	"$LINTEL" build -C "$work/ws" -o "$work/site" --quiet >/dev/null 2>&1 &
	sleep $delay
	kill -KILL $! 2>/dev/null
	wait $! 2>/dev/null
	n=$(find "$work/site" -name '*.html' | wc -l)
	[ "$n" -ge 300 ] || fail "killed after $delay s: the site has $n pages"
	now=$(cd "$work/site" && find . -type f | sort | xargs sha256sum)
	if [ "$now" != "$before" ] && ! grep -q More "$work/site/p1.html"; then fail "killed after $delay s: the site is mixed"; fi
done
"$LINTEL" build -C "$work/ws" -o "$work/site" --quiet || fail "build after kills"
[ -z "$(find "$work" -maxdepth 1 -name '*.lintel-*')" ] || fail "staging folders are left: $(ls "$work")"

folders=$(printf 'd/%.0s' $(seq 100)) && mkdir -p "$work/far/$folders" && printf '# Far\n' | tee "$work/far/a.md" >"$work/far/$folders/a.md"
"$LINTEL" build -C "$work/far" -o "$work/far-site" --quiet && echo More >>"$work/far/a.md" && "$LINTEL" build -C "$work/far" -o "$work/far-site" --quiet
[ -z "$(find "$work" -maxdepth 1 -name '*.lintel-*')" ] || fail "a deep site leaves a staging folder"
(ulimit -f 1 && exec "$LINTEL" build -C "$work/far" -o "$work/limited" --quiet) >/dev/null 2>"$work/out.err"
[ $? -eq 3 ] && [ "$(wc -l <"$work/out.err")" -eq 1 ] || fail "a limit of file size does not end with 3 and one line"
[ -z "$(find "$work" -maxdepth 1 -name '*.lintel-*')" ] || fail "a limit of file size leaves a staging folder"

if mkdir "$work/small" && mount -t tmpfs -o size=512k none "$work/small" 2>/dev/null; then
	mkdir "$work/one" && printf '# One\n' >"$work/one/README.md"
	"$LINTEL" build -C "$work/one" -o "$work/small/site" --quiet || fail "build on a small disk"
	before=$(cd "$work/small/site" && find . -type f | sort | xargs sha256sum)
	"$LINTEL" build -C "$work/ws" -o "$work/small/site" --quiet >"$work/out" 2>&1
	[ $? -eq 3 ] || fail "a full disk does not end with 3: $(tail -2 "$work/out")"
	[ "$(wc -l <"$work/out")" -eq 1 ] || fail "a full disk does not give one line: $(head -5 "$work/out")"
	[ "$before" = "$(cd "$work/small/site" && find . -type f | sort | xargs sha256sum)" ] || fail "a full disk damaged the site"
	[ "$(ls "$work/small")" = site ] || fail "a full disk leaves a staging folder"
fi
exit $failed
