#!/bin/bash
# What CI services are given: paths from the top of the repository, a page of the step where no markup of a document acts.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
fail() {
	echo "$1"
	failed=1
}
cd "$work" || exit 1
git init -q .
mkdir -p "docs/my site"
printf '# Home\n\n[gone](gone.md) and [x](<b.md>) [bar](a|b`c.md)\n\n[up](<**<img src=x onerror=alert(1)>**.md>)\n' >"docs/my site/README.md"

for format in sarif github gitlab junit rdjson; do
	"$LINTEL" check -C "docs/my site" --format "$format" --output "out.$format" >log 2>&1
	[ $? -eq 1 ] || fail "$format: status is not 1: $(cat log)"
	[ -s log ] && fail "$format: printed beside the file: $(head -3 log)"
	"$LINTEL" check -C "docs/my site" --format "$format" --jobs 3 | cmp -s - "out.$format" || fail "$format: other bytes with three workers"
done
grep -q '"uri": "docs/my%20site/README.md"' out.sarif || fail "SARIF: the path is not the repository's"
grep -q '^::error file=docs/my site/README.md,line=3,' out.github || fail "GitHub: the path is not the repository's"
grep -q '"path": "docs/my site/README.md"' out.gitlab || fail "GitLab: the path is not the repository's"
grep -q 'classname="docs/my site/README.md"' out.junit || fail "JUnit: the path is not the repository's"
grep -q '"path": "docs/my site/README.md"' out.rdjson || fail "rdjson: the path is not the repository's"
xmllint --noout out.junit || fail "JUnit: no XML"

echo before >page
GITHUB_STEP_SUMMARY=$work/page "$LINTEL" check -C "docs/my site" --format github >/dev/null
[ "$(head -1 page)" = before ] || fail "the page of the step was overwritten"
grep -q '^| error | docs/my site/README.md:3 | gone.md does not exist | link-missing-file |' page || fail "the page lacks a finding"
grep -qE '<img|\*\*|a\|b' page && fail "markup of a document is on the page: $(grep -E '<img|\*\*|a\|b' page)"
GITHUB_STEP_SUMMARY=$work/none/page "$LINTEL" check -C "docs/my site" --format github >/dev/null 2>log
[ $? -eq 3 ] || fail "a page that cannot be written is no failure"
[ "$(wc -l <log)" = 1 ] || fail "more than one line: $(cat log)"
exit $failed
