#!/bin/bash
# Pages say who changed them and when, with links to the repository that origin names; a shallow clone says that it does not know.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
commit() { git add -A && git -c user.name="$1" -c user.email=a@example.org commit -q -m x --date "$2"; }
holds() { grep -qF -- "$2" "$1" || { echo "$1 does not hold $2"; grep "Source:" "$1"; exit 1; }; }
lacks() { ! grep -qF -- "$2" "$1" || { echo "$1 holds $2"; exit 1; }; }

mkdir -p "$work/r/docs/content" && cd "$work/r"
git init -q -b trunk
touch docs/lintel.yaml
printf '# A\n\nx\n' >docs/content/a.md
printf '# B\n' >docs/content/b.md
commit Ann 2024-01-02T00:00:00Z
printf '# A\n\ny\n' >docs/content/a.md
commit Bob 2025-01-02T00:00:00Z
"$LINTEL" build -C docs -o "$work/plain" --quiet
holds "$work/plain/a.html" '>2025-01-02</time> by Bob'
holds "$work/plain/a.html" 'Added <time datetime="2024-01-02">'
holds "$work/plain/a.html" 'Authors: Bob, Ann'
holds "$work/plain/b.html" '>2024-01-02</time> by Ann'
lacks "$work/plain/b.html" 'Authors:'
lacks "$work/plain/b.html" '>History</a>'

git remote add origin https://me:secret@codeberg.org/o/r.git
"$LINTEL" build -C docs -o "$work/linked" --quiet
holds "$work/linked/a.html" 'href="https://codeberg.org/o/r/commits/branch/trunk/docs/content/a.md">History'
holds "$work/linked/a.html" 'href="https://codeberg.org/o/r/_edit/trunk/docs/content/a.md"'
[ -z "$(grep -rl secret "$work/linked")" ] || { echo "the site holds a password"; exit 1; }

git clone -q --depth 1 "file://$work/r" "$work/s" && cd "$work/s"
git remote set-url origin git@github.com:o/r.git
"$LINTEL" build -C docs -o "$work/shallow" --quiet
holds "$work/shallow/a.html" 'built from a shallow clone'
holds "$work/shallow/a.html" 'href="https://github.com/o/r/commits/HEAD/docs/content/a.md">History'
lacks "$work/shallow/a.html" 'Last change'
