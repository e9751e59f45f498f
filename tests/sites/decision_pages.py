#!/usr/bin/env python3
"""Builds the sites of small decision logs and checks what their pages say of records: groups, successors, citations, marks beside
links, the timeline, anchors of records that share a file, the feed, commits since acceptance, and a log that is too long for one page."""
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

from site_pages import check

FILES = {
    "decisions/0001-a.md": "---\nstatus: superseded by [ADR-0002](0002-b.md)\ndate: 2024-01-01\ntags: [net, dns]\n---\n# Use BIND\n\n## Context\n\nx\n",
    "decisions/0002-b.md": "---\nstatus: accepted\ndate: 2024-03-01\ntags: [dns]\n---\n# Use CoreDNS & more\n\n## Context\n\nNot [ADR-0001](0001-a.md).\n",
    "decisions/0003-dir/README.md": "---\nstatus: rejected\ndate: 2024-04-01\n---\n# Use Consul\n\n## Context\n\nNo.\n",
    "docs/decisions.md": "# Decisions of the shop\n\n## D-01 · Use Postgres\n\nStatus: Accepted\nDate: 2024-01-05\n\nOne.\n\n"
    "## D-02 · Use Mongo\n\nStatus: Superseded by [D-01](#d-01--use-postgres)\nDate: 2023-01-05\n\nTwo.\n\n"
    "## D-03 · Use queues\n\nStatus: Proposed\nDate: 2024-02-05\n\nThree.\n",
    "docs/guide.md": "# Guide\n\nNames are served as [BIND](../decisions/0001-a.md) does, and [again](../decisions/0001-a.md).\n\n"
    "This was superseded: [old](../decisions/0001-a.md). Never [Consul](../decisions/0003-dir/README.md).\n",
    "docs/map.dot": "digraph { a [label=\"ADR-0002 CoreDNS\", URL=\"../decisions/0002-b.md\"]; a -> b }\n",
}


def build(folder, files):
    for name, text in files.items():
        os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
        with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
            f.write(text)
    site = folder + "/site"
    subprocess.run([os.environ["LINTEL"], "build", "-C", folder, "-o", site, "--quiet"], capture_output=True, check=False)
    return site


def text_of(site, path):
    with open(os.path.join(site, path), encoding="utf-8") as f:
        page = f.read()
    return page[page.index("<article>"):page.index("</article>")]


def wants(page, name, *parts):
    return ["%s: lacks %s" % (name, part) for part in parts if part not in page]


def small_logs(folder):
    site = build(folder, FILES)
    index, guide, new = (text_of(site, p) for p in ("decisions/index.html", "docs/guide.html", "decisions/0002-b.html"))
    shop, troubles = text_of(site, "docs/decisions.html"), check(site)[1]
    troubles += wants(index, "index", 'id="in-force-today"', 'id="superseded"', 'id="deprecated-rejected-or-withdrawn"', 'id="timeline"',
                      'data-tags="net|dns"', 'by <a href="0002-b.html">ADR-0002</a>', 'href="0003-dir/index.html"')
    if 'id="proposed"' in index:
        troubles.append("index: an empty group has a heading")
    troubles += wants(guide, "guide", '>BIND</a> <span class="retired">superseded by <a href="../decisions/0002-b.html">ADR-0002</a></span>',
                      '>again</a><span class="hidden"> (superseded by ADR-0002)</span>', '>old</a><span class="hidden">',
                      '>Consul</a> <span class="retired">rejected</span>')
    troubles += wants(new, "record", 'id="cited-by"', ">Diagrams</dt>", 'href="../docs/map.dot.html"', ">Use CoreDNS &amp; more<")
    if 'class="retired"' in new:
        troubles.append("record: a successor says again what it superseded")
    troubles += wants(shop, "one file", '<p class="record-line"><span class="status status-superseded">', 'class="t-record t-proposed" href="#d-03--use-queues"',
                      'by <a href="#d-01--use-postgres">D-01</a>')
    for svg in re.findall(r"<svg class=\"timeline\".*?</svg>", index + shop, re.S):
        tree.fromstring(svg)
    return troubles


def feed_troubles(site, base):
    """What RFC 4287 wants of a feed, and that every entry leads to a page."""
    atom, troubles = "{http://www.w3.org/2005/Atom}", []
    root = tree.parse(site + "/decisions.atom").getroot()
    entries = root.findall(atom + "entry")
    for item in [root] + entries:
        for name in ("id", "title", "updated"):
            if len(item.findall(atom + name)) != 1:
                troubles.append("feed: not one <%s>" % name)
        for when in item.findall(atom + "updated") + item.findall(atom + "published"):
            if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", when.text):
                troubles.append("feed: time %s" % when.text)
    ids = [item.find(atom + "id").text for item in [root] + entries]
    if len(set(ids)) != len(ids) or not all(re.match(re.escape(base) if base else r"urn:uuid:[0-9a-f-]{36}$", i) for i in ids):
        troubles.append("feed: ids %s" % ids)
    for entry in entries:
        href = entry.find(atom + "link").get("href")
        path = href[len(base):].split("#")[0]
        if not href.startswith(base) or not os.path.isfile(os.path.join(site, path)):
            troubles.append("feed: leads to %s" % href)
    order = [entry.find(atom + "updated").text for entry in entries]
    if order != sorted(order, reverse=True) or len(entries) != 6:
        troubles.append("feed: %d entries, changed %s" % (len(entries), order))
    return troubles


def feeds(folder):
    troubles = feed_troubles(build(folder, FILES), "")
    base = "https://docs.example.net/shop/"
    site = build(folder, {"lintel.yaml": "base_url: https://docs.example.net/shop\n"})
    troubles += feed_troubles(site, base)
    with open(site + "/docs/guide.html", encoding="utf-8") as f:
        troubles += wants(f.read(), "head", '<link rel="alternate" type="application/atom+xml" title="Decisions" href="../decisions.atom">')
    return troubles


def commit(folder, day, message):
    when = day + "T12:00:00+00:00"
    env = dict(os.environ, GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when, GIT_CONFIG_NOSYSTEM="1", HOME=folder)
    for arguments in (["init", "-q"], ["add", "decisions"], ["commit", "-q", "-m", message]):
        subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@example.net", *arguments], cwd=folder, env=env, check=True)


def changes(folder):
    record = "# 1. Use BIND\n\nDate: 2024-01-01\n\n## Status\n\n%s\n\n## Context\n\n%s\n\n## Decision\n\nNames.\n"
    for day, status, context in (("2024-01-01", "Proposed", "Old"), ("2024-02-01", "Accepted", "Old"), ("2024-05-01", "Accepted", "New & newer")):
        build(folder, {"decisions/0001-bind.md": record % (status, context)})
        commit(folder, day, "%s <%s>" % (status, context))
    page = text_of(build(folder, {}), "decisions/0001-bind.html")
    troubles = wants(page, "changes", '<span class="date">2024-05-01</span> Accepted &lt;New &amp; newer&gt;', "Accepted 2024-02-01")
    return troubles + (["changes: older than acceptance"] if "Proposed" in page else [])


def long_log(folder):
    record = "---\nstatus: %s\ndate: %d-02-03\n---\n# Use thing %d\n\n## Context\n\nx\n"
    statuses = ("accepted", "accepted", "proposed", "rejected")
    site = build(folder, {"decisions/%04d-r.md" % i: record % (statuses[i % 4], 2001 + i // 410, i) for i in range(1, 1000)})
    index, troubles = text_of(site, "decisions/index.html"), check(site)[1]
    troubles += wants(index, "long index", "999 records are too many for one table", 'href="index-2001.html"', 'href="index-2001-2.html"',
                      'href="index-2003.html"', 'class="t-year"', "shown as bars by year")
    if len(index) > 60000:
        troubles.append("long index: %d bytes" % len(index))
    rows = sum(text_of(site, "decisions/" + p).count("<tr data-status") for p in os.listdir(site + "/decisions") if re.match(r"index-\d", p))
    if rows != 999:
        troubles.append("long index: %d rows on its pages" % rows)
    return troubles


def main():
    troubles = []
    for part in (small_logs, feeds, changes, long_log):
        with tempfile.TemporaryDirectory() as folder:
            troubles += part(folder)
    print("\n".join(troubles[:60]))
    sys.exit(1 if troubles else 0)


if __name__ == "__main__":
    main()
