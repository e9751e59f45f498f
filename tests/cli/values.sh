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
exit $failed
