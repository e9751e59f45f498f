#!/bin/bash
# Same input, same bytes: at any number of workers, in another folder, time zone, locale and umask; a second build writes nothing.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sum() { (cd "$1" && find . -type f | LC_ALL=C sort | xargs sha256sum | sha256sum); }
copy() { mkdir -p "$1" && cp -r "$ROOT/content" "$ROOT/decisions" "$ROOT/diagrams" "$ROOT/lintel.yaml" "$1"; }

copy "$work/a"
copy "$work/another folder/with blanks"
"$LINTEL" build -C "$work/a" -o "$work/one" --jobs 1 --quiet
"$LINTEL" build -C "$work/a" -o "$work/eight" --jobs 8 --quiet
(umask 077 && cd / && TZ=Asia/Kathmandu LC_ALL=C LANG=tr_TR.UTF-8 "$LINTEL" build -C "$work/another folder/with blanks" -o "$work/other" --quiet)
[ "$(sum "$work/one")" = "$(sum "$work/eight")" ] || { echo "one job and eight jobs differ"; diff -rq "$work/one" "$work/eight"; exit 1; }
[ "$(sum "$work/one")" = "$(sum "$work/other")" ] || { echo "another folder differs"; diff -rq "$work/one" "$work/other"; exit 1; }

before=$(cd "$work/one" && find . -printf '%p %i %T@\n' | sort)
"$LINTEL" build -C "$work/a" -o "$work/one" | grep -q ' 0 written' || { echo "a second build writes"; exit 1; }
[ "$before" = "$(cd "$work/one" && find . -printf '%p %i %T@\n' | sort)" ] || { echo "a second build touches files"; exit 1; }
[ -z "$(find "$work" -maxdepth 1 -name '*lintel-*')" ] || { echo "a staging folder is left"; exit 1; }
for format in text json gcc; do
	"$LINTEL" check -C "$work/a" --jobs 1 --format $format >"$work/1.$format"
	"$LINTEL" check -C "$work/a" --jobs 5 --format $format >"$work/5.$format"
	cmp "$work/1.$format" "$work/5.$format"
done
