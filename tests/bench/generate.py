#!/usr/bin/env python3
"""Writes a workspace of N documents with a topology, decisions, links and known defects.

Usage: generate.py DIR N [drawings]   (drawings: a fiftieth of the documents has one, in dot or mermaid by turns)
"""
import os
import random
import sys

WORDS = ("the cluster node network address storage replica service gateway pod volume backup traffic request queue "
         "stream cache proxy tunnel policy secret token image build release deploy observe metric trace log alert "
         "latency budget owner team runbook incident restore snapshot quorum leader follower shard index schema").split()


def sentence(rng):
    return " ".join(rng.choice(WORDS) for _ in range(rng.randint(8, 18))).capitalize() + "."


def paragraph(rng):
    return "\n".join(sentence(rng) for _ in range(rng.randint(3, 6)))


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write(text)


def drawing(i, names):
    edges = list(zip(names, names[1:] + names[:1])) + list(zip(names, names[3:]))
    if i % 100 == 3:
        return "```mermaid\nflowchart LR\n%s\n```\n" % "\n".join("  %s[%s] --> %s" % (a, a, b) for a, b in edges)
    return "```dot\ndigraph drawing_%d {\n%s\n}\n```\n" % (i, "\n".join('  "%s" -> "%s"' % edge for edge in edges))


def main():
    root, n = sys.argv[1], int(sys.argv[2])
    rng = random.Random(n)
    n_nodes = max(4, n // 10)
    nodes = [("host-%d" % i, "10.%d.%d.%d" % (20 + i // 50000, i // 200 % 250, i % 200 + 10)) for i in range(n_nodes)]
    topology = ["estate: bench", "networks:", "  nodes: {cidr: 10.16.0.0/12}", "clusters:", "  bench-cluster:",
                "    networks: [nodes]", "    nodes:"]
    topology += ["      %s: {role: worker, address: %s, memory: 64 GB}" % node for node in nodes]
    write(root + "/content/topology.yaml", "\n".join(topology) + "\n")
    n_decisions = max(4, n // 20)
    for i in range(1, n_decisions + 1):
        superseded = i % 10 == 0 and i < n_decisions
        status = "Superseded by [ADR-%04d](%04d-choice.md)" % (i + 1, i + 1) if superseded else "Accepted"
        extra = "\n\nSupersedes [ADR-%04d](%04d-choice.md)" % (i - 1, i - 1) if i % 10 == 1 and i > 1 else ""
        write("%s/decisions/%04d-choice.md" % (root, i),
              "# %d. Choice %d\n\nDate: 2026-01-%02d\n\n## Status\n\n%s%s\n\n## Context\n\n%s\n\n## Decision\n\n%s\n\n"
              "## Consequences\n\n%s\n" % (i, i, i // 400 + 1, status, extra, paragraph(rng), paragraph(rng), paragraph(rng)))
    drawings = sys.argv[3:] == ["drawings"]
    defects = 0
    for i in range(n):
        parts = ["# Document %d\n" % i]
        for k in range(rng.randint(6, 10)):
            parts.append("## Part %d\n\n%s\n" % (k, paragraph(rng)))
            other = rng.randrange(n)
            parts.append("See [document %d](../d%03d/doc%05d.md#part-1) and [a choice](../../decisions/%04d-choice.md).\n"
                         % (other, other // 100, other, rng.randint(1, n_decisions)))
            if k % 3 == 0:
                rows = rng.sample(nodes, min(6, n_nodes))
                parts.append("| Node | Address | Memory |\n|---|---|---|\n" +
                             "".join("| %s | %s | 64 GB |\n" % row for row in rows))
            if k % 3 == 1:
                parts.append("- **%s**: %s\n- `%s` ~~old~~ <https://example.org/%d>\n- [ ] %s\n" %
                             (rng.choice(WORDS), sentence(rng), rng.choice(nodes)[0], k, sentence(rng)))
            if k % 4 == 3:
                parts.append("```yaml\nkey: value\nlist:\n  - %s\n```\n" % rng.choice(WORDS))
        if i % 50 == 7:
            wrong = "10.31.%d.%d" % (i // 250, i % 250 + 1)
            parts.append("| Node | Address |\n|---|---|\n| %s | %s |\n\n[gone](missing-%d.md)\n" % (nodes[i % n_nodes][0], wrong, i))
            defects += 2
        if drawings and i % 50 == 3:
            parts.append(drawing(i, [name for name, _ in rng.sample(nodes, min(8, n_nodes))]))
        write("%s/content/d%03d/doc%05d.md" % (root, i // 100, i), "\n".join(parts))
    print(defects)


if __name__ == "__main__":
    main()
