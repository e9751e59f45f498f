#!/bin/sh
# Prints a C fragment that holds the files given: `static const struct built_in built_in[]`.
set -eu
n=0
for file; do
	printf 'static const unsigned char template_%d[] = {\n' "$n"
	od -An -v -tx1 "$file" | sed 's/ \([0-9a-f][0-9a-f]\)/0x\1,/g'
	printf '0};\n'
	n=$((n + 1))
done
printf 'static const struct built_in built_in[] = {\n'
n=0
for file; do
	printf '\t{"%s", template_%d, sizeof template_%d - 1},\n' "${file##*/}" "$n" "$n"
	n=$((n + 1))
done
printf '};\n'
