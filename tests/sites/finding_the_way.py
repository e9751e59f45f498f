#!/usr/bin/env python3
"""Redirects, tags, names A to Z, order of the navigation, and pages whose size does not grow with the site."""
import os
import re
import subprocess
import sys
import tempfile
from html.parser import HTMLParser

N_NODES = 700
FILES = {
    "lintel.yaml": "title: Way\nbase_url: https://docs.example.org/x/\n",
    "content/topology.yaml": "estate: way\nnetworks:\n  lan: {cidr: 10.0.0.0/16, tags: [Wired]}\nclusters:\n  core:\n    networks: [lan]\n"
                             "    nodes:\n" + "".join("      n%03d: {address: 10.0.%d.%d}\n" % (i, i // 200, i % 200 + 5) for i in range(N_NODES)),
    "content/guide/index.md": "# Guide\n\nSee [zebra](zebra.md) and [apple](apple.md).\n",
    "content/guide/apple.md": "---\ntags: [fruit, Wired]\naliases:\n  - /old/apple/\n  - ../fruit.md\n  - apple.html\n  - ../../../out.md\n"
                              "  - Malus\n  - \"/evil'%22<b>.html\"\n  - https://example.org/x.md\n---\n# Apple\n\nRed.\n",
    "content/guide/zebra.md": "---\nnav_order: 1\ntags: animal, C & <b>\n---\n# Zebra\n\nStriped.\n",
    "content/guide/mole.md": "---\nnav_order: 2\n---\n# Mole\n\nDigs.\n",
    "decisions/0001-tag.md": "---\ntags: [fruit]\n---\n# 1. Tag things\n\n## Status\n\nAccepted\n\n## Context\n\nThere is much.\n\n"
                             "## Decision\n\nIt is tagged.\n",
}


class Text(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.links, self.words, self.meta = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.links.append(dict(attrs).get("href"))
        if tag in ("meta", "link"):
            self.meta.append(dict(attrs))

    def handle_data(self, data):
        self.words.append(data)


def main():
    troubles = []

    def hold(what, true):
        if not true:
            troubles.append(what)

    with tempfile.TemporaryDirectory() as folder:
        for path, text in FILES.items():
            os.makedirs(os.path.dirname(os.path.join(folder, "w", path)), exist_ok=True)
            with open(os.path.join(folder, "w", path), "w", encoding="utf-8") as f:
                f.write(text)
        site = folder + "/site"
        subprocess.run([os.environ["LINTEL"], "build", "-C", folder + "/w", "-o", site], capture_output=True)

        def read(path):
            with open(os.path.join(site, path), encoding="utf-8") as f:
                return f.read()

        for path, to in (("old/apple/index.html", "../../guide/apple.html"), ("fruit.html", "guide/apple.html")):
            hold(path + " is missing", os.path.isfile(os.path.join(site, path)))
            page = Text(read(path))
            hold("%s does not lead to %s: %s" % (path, to, page.links), page.links == [to])
            hold(path + " does not refresh", any(m.get("http-equiv") == "refresh" and m["content"] == "0; url=" + to for m in page.meta))
            hold(path + " has no canonical address", any(m.get("rel") == "canonical" and m["href"] == to for m in page.meta))
            hold(path + " is in the sitemap", "x/%s<" % path not in read("sitemap.xml"))
        hold("a redirect took the place of a page", "Red." in read("guide/apple.html"))
        hold("a redirect stands outside", not os.path.exists(folder + "/out.html") and not os.path.exists(site + "/out.html"))
        hold("an address was taken for a path", not any("example.org" in name for _, _, names in os.walk(site) for name in names))
        fruit = Text(read("tags/fruit.html"))
        hold("a tag lists %s" % fruit.links, {"../guide/apple.html", "../decisions/0001-tag.html"} <= set(fruit.links))
        hold("things bear no tags", "../estates/way/networks/lan.html" in Text(read("tags/wired.html")).links)
        hold("a document does not lead to its tags", "../tags/fruit.html" in Text(read("guide/apple.html")).links)
        hold("a decision does not lead to its tags", "../tags/fruit.html" in Text(read("decisions/0001-tag.html")).links)
        tags = re.search(r'<ul class="chips">.*?</ul>', read("tags/index.html"), re.S).group()
        hold("the list of tags is %s" % tags, Text(tags).links == ["animal.html", "c--b.html", "fruit.html", "wired.html"])
        hold("a redirect has an odd name", not any("evil" in name for name in os.listdir(site)))
        names = [Text(read("names/%d.html" % part)) for part in (1, 2, 3)]
        found = [link for page in names for link in page.links if link and "/nodes/" in link]
        hold("%d names of nodes" % len(set(found)), len(set(found)) == N_NODES)
        hold("names do not begin with core", "Core" in "".join(names[0].words) or "core" in "".join(names[0].words))
        order = [link for link in Text(read("guide/index.html")).links if link in ("apple.html", "mole.html", "zebra.html")]
        hold("the order is %s" % order, order[:3] == ["zebra.html", "mole.html", "apple.html"])
        heavy = [(os.path.getsize(os.path.join(at, name)), name) for at, _, all_names in os.walk(site) for name in all_names
                 if name.endswith(".html") and "clusters" not in at and "networks" not in at and at != site + "/estates/way"]
        hold("a page of %d bytes: %s" % max(heavy), max(heavy)[0] < 60000)
    if troubles:
        sys.exit("\n".join(troubles))


if __name__ == "__main__":
    main()
