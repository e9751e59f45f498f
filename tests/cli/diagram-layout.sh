#!/bin/bash
# diagram-layout: past a limit a drawing becomes its list, builds tell of it, and everything else is drawn.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
fail() { echo "$*"; failed=1; }

mkdir "$work/diagrams"
printf 'limits: {graph_nodes: 3, layout_seconds: 1}\n' >"$work/lintel.yaml"
printf '# Home\n\n```mermaid\nflowchart LR\n  small --> enough\n```\n\n```mermaid\nflowchart LR\n  a --> b --> c --> large\n```\n' \
	>"$work/README.md"
out=$("$LINTEL" build -C "$work" -o "$work/site" 2>&1)
[ $? -eq 0 ] || fail "a warning alone is no failure: $out"
grep -q 'it has 4 nodes, more than the limit of 3' <<<"$out" || fail "the limit is not told: $out"
[ "$(grep -c 'warning\[diagram-layout\]' <<<"$out")" = 1 ] || fail "one finding was wanted: $out"
[ "$(grep -o '<svg class="diagram"' "$work/site/index.html" | wc -l)" = 1 ] || fail "the small one is drawn, the large one is not"
grep -q '<ul class="diagram-list">' "$work/site/index.html" || fail "the large one is not shown as a list"

# Over its time: ended, said, and soon.
printf 'limits: {graph_nodes: 1000, graph_edges: 5000, layout_seconds: 1}\n' >"$work/lintel.yaml"
awk 'BEGIN { srand(1); print "digraph {"; for (i = 0; i < 1500; i++) print "n" int(rand() * 500) " -> n" int(rand() * 500); print "}" }' \
	>"$work/diagrams/hard.dot"
start=$(date +%s)
out=$("$LINTEL" build -C "$work" -o "$work/site" 2>&1)
[ $(($(date +%s) - start)) -lt 20 ] || fail "the layout was not ended in time"
grep -q '`hard` is not drawn: the layout took longer than the limit of 1 s' <<<"$out" || fail "the timeout is not told: $out"
[ "$(grep -o '<svg class="diagram"' "$work/site/index.html" | wc -l)" = 2 ] || fail "the others are drawn"

# `check` does not draw.
out=$("$LINTEL" check -C "$work" 2>&1)
grep -q 'diagram-layout' <<<"$out" && fail "check told of a layout: $out"
exit $failed
