#!/bin/sh
# The rules of the house that a machine can check. Prints each breach; ends with 1 when there is one.
set -u
cd "$(dirname "$0")/../.."
breaches=$(mktemp)
trap 'rm -f "$breaches"' EXIT
say() { echo "$*" >>"$breaches"; }

# Layers: a folder includes only what stands above it, and of another folder only its one header.
order="base diag config load parse model resolve fact check draw render emit compile report author cmd main"
rank() { n=0; for layer in $order; do [ "$layer" = "$1" ] && { echo $n; return; }; n=$((n + 1)); done; echo 99; }
for file in $(find src -name '*.[ch]' | sort); do
	case $file in
	src/config.c) own=model ;; # reads its YAML through parse
	src/dump.c | src/base_revision.c) own=compile ;;
	src/*/*) own=${file#src/}; own=${own%%/*} ;;
	*) own=${file#src/}; own=${own%.[ch]} ;;
	esac
	own_rank=$(rank "$own")
	for include in $(sed -n 's/^#include "\(.*\)"$/\1/p' "$file"); do
		case $include in
		*.inc | *.def) continue ;;
		*/*) folder=${include%%/*} ;;
		*) folder=${include%.h} ;;
		esac
		[ "$folder" = "$own" ] && continue
		[ "$(rank "$folder")" -le "$own_rank" ] || say "$file: includes $include, which stands below it"
		case $include in
		"$folder/$folder.h" | "$folder.h") ;;
		*) say "$file: includes $include, which is private to $folder/" ;;
		esac
	done
done

# Headers compile alone.
for header in $(find src -name '*.h' | sort); do
	echo "#include \"${header#src/}\"" | ${CC:-gcc} -std=c17 -D_GNU_SOURCE -Isrc -Wall -Wextra -Werror -fsyntax-only -x c - ||
		say "$header: does not compile alone"
done

# A third-party header has one home.
for header in cmark-gfm.h yaml.h git2.h pcre2.h gvc.h cgraph.h utf8proc.h xxhash.h seccomp.h; do
	homes=$(grep -rlE "#include <([a-z0-9/._-]*/)?$header>" src | wc -l)
	[ "$homes" -le 1 ] || say "$header: included by $homes files: $(grep -rlE "#include <([a-z0-9/._-]*/)?$header>" src | tr '\n' ' ')"
done

# File names are unique.
find src tests -name '*.[ch]' | sed 's,.*/,,' | sort | uniq -d | while read -r name; do say "$name: two files have this name"; done

# A file is one reading.
find src -name '*.[ch]' | xargs wc -l | awk '$2 != "total" && $1 > 700 {print $2 ": " $1 " lines"}' >>"$breaches"

# Every rule has its fixture, every fixture its rule.
for rule in src/check/rules/*.c; do
	name=$(basename "$rule" .c | tr _ -)
	[ -f "tests/rules/$name.txtar" ] || [ -f "tests/cli/$name.sh" ] || say "$rule: no tests/rules/$name.txtar"
done
for fixture in tests/rules/*.txtar; do
	name=$(basename "$fixture" .txtar | tr - _)
	[ -f "src/check/rules/$name.c" ] || say "$fixture: no src/check/rules/$name.c"
done

# Each file says in its first line what it is; nothing is left for later.
find src -name '*.[ch]' | while read -r file; do
	head -n 1 "$file" | grep -q '^/\*' || say "$file: the first line is no comment"
done
grep -rnE 'TODO|FIXME|XXX' src templates | grep -v 'XXXXXX' >>"$breaches"

# Formatting.
find src tests -name '*.[ch]' | sort | xargs clang-format --dry-run -Werror 2>&1 | grep -E 'error|warning' | head -20 >>"$breaches"

cat "$breaches"
[ ! -s "$breaches" ] && echo "style: clean"
