#!/usr/bin/env python3
"""The index of the search is what MiniSearch builds of the same documents, its links lead somewhere, and it finds addresses, names
and records whole, by their beginnings, and words with a slip."""
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from urllib.parse import unquote

HERE = os.path.dirname(os.path.abspath(__file__))

TOPOLOGY = """estate: home
networks:
  lan: {cidr: 10.0.10.0/24, description: wired things}
clusters:
  core:
    networks: [lan]
    nodes:
      cp-1: {role: control-plane, address: 10.0.10.11}
      cp-2: {role: control-plane, address: 10.0.10.12}
      cp-10: {role: worker, address: 10.0.10.110}
services:
  ledger: {hosts: [ledger.example.org], runs_on: [cp-1]}
"""
PAGE = """# Storage

Volumes are replicated by the storage controller.

## Backup

Snapshots of `backup-job.yaml` go out every night; see ADR-0007.

### Backup

Restores are rehearsed, and <b>marked up</b> text is found too.
"""
DECISION = """# 7. Keep snapshots for a month

## Status

Accepted

## Decision

Thirty snapshots are kept.
"""
# Query, then what its first result must be: kind and title; None: nothing is found.
WANTED = [
    ("10.0.10.11", ("address", "10.0.10.11")),
    ("10.0.10.110", ("address", "10.0.10.110")),
    ("cp-1", ("node", "cp-1")),
    ("CP-10", ("node", "cp-10")),
    ("cp", ("node", "cp-1")),
    ("lan", ("network", "lan")),
    ("10.0.10.0/24", ("network", "lan")),
    ("ledger.example", ("service", "ledger")),
    ("ADR-0007", ("decision", "0007 Keep snapshots for a month")),
    ("adr-7", ("decision", "0007 Keep snapshots for a month")),
    ("ADR 7", ("decision", "0007 Keep snapshots for a month")),
    ("0007", ("decision", "0007 Keep snapshots for a month")),
    ("replicted", ("document", "Storage")),
    ("controler", ("document", "Storage")),
    ("rehears", ("document", "Backup")),
    ("marked up", ("document", "Backup")),
    ("job.yaml", ("document", "Backup")),
    ("10.0.10.13", None),
    ("unheard-of", None),
]


def is_tried(c):
    """Characters with two cases, those around the ends of our ranges, and some of the rest."""
    return chr(c).lower() != chr(c) or c < 0x300 or c & 0xff in (0, 1, 0x3f, 0x40, 0x7f, 0xbf, 0xc0, 0xfe) or \
        0x3000 <= c < 0x3040 or 0x2000 <= c < 0x2080 or 0xFE00 <= c < 0x10000


def letters():
    """Letters, marks, digits and punctuation of all scripts, in lines that join and part them."""
    chars = [chr(c) for c in list(range(0xA0, 0xD800)) + list(range(0xE000, 0x12000)) + list(range(0x1E900, 0x20100))
             if is_tried(c) and unicodedata.category(chr(c)) not in ("Cc", "Cf", "Cn", "Cs", "Zl", "Zp", "Co")]
    lines = ["".join(chars[i:i + 7]) + " a" + ".B".join(chars[i:i + 5]) + "-_x__y--Z." for i in range(0, len(chars), 7)]
    words = "1.2.3 v1.29 a.1 a.12 a.123 A-B_c.D -x- .5 5. %s %s.%s %s" % ("q" * 100, "w" * 101, "E" * 100, "\u00e9" * 101)
    return "# Every \u0130letter \u03a3\u03a3\n\n```\n%s\n%s\n```\n" % (words, "\n".join(line.replace("`", "") for line in lines))


def write(root, files):
    for path, text in files.items():
        os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
        with open(os.path.join(root, path), "w", encoding="utf-8") as f:
            f.write(text)


def build(workspace, site):
    subprocess.run([os.environ["LINTEL"], "build", "-C", workspace, "-o", site], capture_output=True)
    return os.path.isfile(site + "/assets/search-index.js")


def query(site, *queries):
    result = subprocess.run(["node", HERE + "/search_equal.js", site, *queries], capture_output=True, text=True)
    if result.returncode:
        sys.exit("%s: the index is not what MiniSearch builds:\n%s" % (site, result.stderr[-3000:]))
    return json.loads(result.stdout)


def dead_links(site, documents):
    ids = {}
    for path in glob.glob(site + "/**/*.html", recursive=True):
        with open(path, encoding="utf-8") as f:
            ids[os.path.relpath(path, site)] = set(re.findall(r' id="([^"]*)"', f.read()))
    for url in documents:
        path, _, anchor = url.partition("#")
        if unquote(path) not in ids or (anchor and unquote(anchor) not in ids[unquote(path)]):
            yield url


def main():
    trouble = []
    with tempfile.TemporaryDirectory() as folder:
        own, small = folder + "/own", folder + "/small"
        if not build(os.environ["ROOT"], own) or not shutil.which("node"):
            print("no MiniSearch or no node here: run make setup-tests")
            sys.exit(1 if os.environ.get("LINTEL_WHOLE") else 0)
        write(folder + "/w", {"lintel.yaml": "title: Home\n", "content/topology.yaml": TOPOLOGY, "content/storage.md": PAGE,
                              "content/letters.md": letters(), "decisions/0007-keep-snapshots.md": DECISION})
        build(folder + "/w", small)
        for site in (own, small):
            trouble += ["a result leads nowhere: " + url for url in dead_links(site, query(site)["documents"])]
        for (text, wanted), found in zip(WANTED, query(small, *[text for text, _ in WANTED])["found"]):
            first = tuple(found[0][:2]) if found else None
            if first != wanted:
                trouble.append("%r finds first %r, not %r" % (text, first, wanted))
    if trouble:
        sys.exit("\n".join(trouble))


if __name__ == "__main__":
    main()
