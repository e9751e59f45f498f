#!/bin/bash
# init: a lintel.yaml that changes nothing as it stands, and is a configuration with its comment marks taken away.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
fail() {
	echo "$*"
	failed=1
}
w=$work/lab
mkdir -p "$w/docs/adr" "$w/talos"
cat >"$w/README.md" <<'END'
# Lab: "the" cluster

It has 3 nodes. storm is at 10.10.0.25. See [setup](docs/setup.md#1-first_steps).
END
{
	printf '# Setup\n\n'
	for n in $(seq 25); do printf '[missing](gone/%s.md)\n' "$n"; done
} >"$w/docs/setup.md"
for n in 1 2 3; do printf '# %s. Use it\n\n## Status\n\nAngenommen\n\n## Context\n\nx\n\n## Decision\n\ny\n' $n >"$w/docs/adr/000$n-use-it.md"; done
cat >"$w/talos/talconfig.yaml" <<'END'
clusterName: lab
talosVersion: v1.9.5
kubernetesVersion: v1.32.3
endpoint: https://10.10.0.20:6443
nodes:
  - {hostname: storm, ipAddress: 10.10.0.25, controlPlane: true}
  - {hostname: khelben, ipAddress: 10.10.0.32, controlPlane: false}
  - {hostname: elminster, ipAddress: 10.10.0.33, controlPlane: false}
END
printf 'kind: Deployment\napiVersion: apps/v1\nmetadata:\n  name: [\n' >"$w/broken.yaml"

"$LINTEL" check -C "$w" --format gcc >"$work/before" || true
"$LINTEL" init -C "$w" --stdout >"$work/shown" || fail "init --stdout fails"
[ ! -e "$w/lintel.yaml" ] || fail "--stdout writes"
"$LINTEL" init -C "$w" >"$work/said" || fail "init fails"
cmp -s "$work/shown" "$w/lintel.yaml" || fail "--stdout prints something else than init writes"
head -1 "$w/lintel.yaml" | grep -q '^# yaml-language-server: .*config\.schema\.json$' || fail "no schema line"
"$LINTEL" check -C "$w" --format gcc >"$work/after" || true
cmp -s "$work/before" "$work/after" || { fail "the configuration changes findings"; diff "$work/before" "$work/after"; }
for wanted in 'title: "Lab: \\"the\\" cluster"' '  - docs/adr  # 3 records' \
	'#   talos/talconfig.yaml: talhelper (3 nodes, 1 VIP, 2 versions)' '#   broken.yaml: not valid YAML' \
	'#   Angenommen: accepted  # 3 records' \
	'#   - {paths: \["docs/\*\*"\], rules: {link-missing-file: warning}}  # 25 findings'; do
	grep -q -- "^$wanted$" "$w/lintel.yaml" || fail "not proposed: $wanted"
done
[ $failed -eq 0 ] || cat "$w/lintel.yaml"

# There already: one line, status 2, not a byte changed.
cp "$w/lintel.yaml" "$work/kept"
"$LINTEL" init -C "$w" >/dev/null 2>"$work/err"
[ $? -eq 2 ] && [ "$(wc -l <"$work/err")" = 1 ] || fail "an existing file is not refused with one line and status 2"
cmp -s "$work/kept" "$w/lintel.yaml" || fail "an existing file is changed"

# Without the marks before its keys it is a configuration too.
sed -E 's/^# (content|sources|statuses|rules|overrides|anchors|decisions):/\1:/; s/^#   (exclude|map|- |Angenommen|[a-z-]+: (info|warning|off))/  \1/' \
	"$work/kept" >"$w/lintel.yaml"
"$LINTEL" check -C "$w" --format gcc >"$work/after" 2>"$work/err"
[ $? -le 1 ] && ! grep -q config- "$work/after" || { fail "the proposals are no configuration"; cat "$work/err" "$w/lintel.yaml"; }
grep -q 'decision-status-unknown\|archive' "$work/after" && fail "the proposals have no effect"

# An empty folder.
mkdir "$work/empty"
"$LINTEL" init -C "$work/empty" >/dev/null || fail "init fails in an empty folder"
"$LINTEL" check -C "$work/empty" >/dev/null || fail "the configuration of an empty folder is none"
exit $failed
