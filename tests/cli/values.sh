#!/bin/bash
# Values stand wherever a heading or title is shown; links to places that only the forge makes lead to the page's top.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
fail() {
	echo "$*"
	failed=1
}
w=$work/w
mkdir -p "$w/sub"
printf 'estate: lab\nclusters:\n  main:\n    nodes:\n      storm: {role: worker}\n      khelben: {role: worker}\n' >"$w/topology.yaml"
printf '# The {{ main.nodes.count }} nodes\n\nThere are {{ main.nodes.count }} nodes. [sub](sub/README.md#readme), [line](sub/README.md#L3), [here](#readme)\n\n## Of `{{ main.nodes.count }}`\n\n## All {{ main.nodes.count }}\n' >"$w/README.md"
printf -- '---\ntitle: Sub of {{ main.nodes.count }}\n---\n\nText of storm, khelben and main.\n' >"$w/sub/README.md"
"$LINTEL" build -C "$w" -o "$work/site" >"$work/out" 2>&1 || { fail "the build fails"; cat "$work/out"; }
page=$work/site/index.html
grep -q '<title>The 2 nodes</title>' "$page" || fail "the title is another one"
grep -q 'content="There are 2 nodes' "$page" || fail "the description is another one"
grep -q '<title>Sub of 2 · The 2 nodes</title>' "$work/site/sub/index.html" || fail "the front matter's title is another one"
[ "$(grep -c '{{ main.nodes.count }}' "$page")" = "$(grep '{{ main.nodes.count }}' "$page" | grep -c '>Of \|Of {{')" ] || fail "a question is left"
grep -q '<code>{{ main.nodes.count }}</code>' "$page" || fail "code is changed"
grep -q '>All 2</a>' "$page" || fail "the contents do not hold the value"
grep -rl '{{ main.nodes.count }}' "$work/site" --include='*.html' | grep -v '/site/index.html$' && fail "another page shows the question"
grep -q '"text": "All 2"' "$work/site/model.json" || fail "the model does not hold the value"
grep -q 'href="sub/index.html#top">sub<' "$page" || fail "#readme leads nowhere"
grep -q 'href="sub/index.html#top">line<' "$page" || fail "#L3 leads nowhere"
grep -q 'href="#top">here<' "$page" || fail "#readme of the page itself leads nowhere"

# A contradicted fact shows both values: in text where it stands, below a drawing and a block of code.
w=$work/both
mkdir -p "$w"
printf 'estate: lab\nclusters:\n  main: {node_count: 6}\n' >"$w/topology.yaml"
printf '# Lab\n\nThe main cluster has 7 nodes.\n\n```\n┌────────────────┐\n│ main (8 nodes) │\n└────────────────┘\n```\n\n```mermaid\nflowchart LR\n  a["main<br/>9 nodes"]\n```\n' >"$w/README.md"
"$LINTEL" build -C "$w" -o "$work/both-site" >"$work/out" 2>&1
page=$work/both-site/index.html
grep -q '>7 <span class="declared">declared: 6</span>' "$page" || fail "the sentence does not show both"
grep -q '│ main (<span class="fact bad"[^>]*>8</span> nodes) │' "$page" || fail "the line of the box is changed"
for n in 8 9; do
	grep -q "node count <strong>$n</strong>; declared is <strong>6</strong> (<code class=\"place\">README.md:" "$page" || fail "the drawing with $n does not show both"
done
[ "$(grep -c 'declared is' "$page")" = 2 ] || fail "what is shown below drawings is more or less than two facts"
exit $failed
