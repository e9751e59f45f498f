#!/usr/bin/env python3
"""Builds this repository's site and checks every page: links and anchors resolve, ids are unique, tags balance, nothing is asked
for from outside, every estate, cluster and network page has a drawing with text in it, every thing that is mentioned has a card."""
import glob
import os
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

VOID = set("area base br col embed hr img input link meta source track wbr".split())
ASKING = {("img", "src"), ("script", "src"), ("link", "href"), ("source", "src"), ("iframe", "src"), ("object", "data"), ("image", "href"),
          ("use", "href")}


class Page(HTMLParser):
    def __init__(self, path):
        super().__init__(convert_charrefs=True)
        self.path, self.ids, self.links, self.asks, self.stack, self.troubles = path, [], [], [], [], []
        self.svg_text, self.h1 = 0, 0
        self.mentions, self.cards, self.classes = set(), set(), set()

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.troubles.append("<%s> has an attribute twice" % tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value)
            if name.startswith("on") or name == "style":
                self.troubles.append("<%s> has %s=" % (tag, name))
            if (tag, name) in ASKING and not (tag == "link" and dict(attrs).get("rel") in ("canonical", "alternate")):
                self.asks.append(value)
            if tag == "a" and name in ("href", "xlink:href"):
                self.links.append(value or "")
        values = dict(attrs)
        classes = (values.get("class") or "").split()
        self.classes.update(classes)
        if tag == "a" and "mention" in classes:
            self.mentions.add(values["href"])
            if "title" in values:
                if values["href"] in self.cards:
                    self.troubles.append("a second card of %s" % values["href"])
                self.cards.add(values["href"])
        self.h1 += tag == "h1"
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.stack.pop()

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.stack or self.stack[-1] != tag:
            self.troubles.append("line %d: </%s> closes <%s>" % (self.getpos()[0], tag, self.stack[-1] if self.stack else "nothing"))
            if tag in self.stack:
                while self.stack.pop() != tag:
                    pass
            return
        self.stack.pop()

    def handle_data(self, data):
        if "svg" in self.stack and "text" in self.stack and data.strip():
            self.svg_text += 1


def read_pages(site):
    pages = {}
    for path in sorted(glob.glob(site + "/**/*.html", recursive=True)):
        page = Page(os.path.relpath(path, site))
        with open(path, encoding="utf-8") as f:
            page.feed(f.read())
        page.close()
        pages[page.path] = page
    return pages


def check_link(site, pages, page, href):
    parts = urlsplit(href)
    if parts.scheme in ("http", "https", "mailto") or href == "":
        return None
    if parts.scheme or parts.netloc:
        return "odd link %s" % href
    target = os.path.normpath(os.path.join(os.path.dirname(page.path), unquote(parts.path))) if parts.path else page.path
    if target not in pages:
        if os.path.isfile(os.path.join(site, target)):
            return None
        return "dead link %s" % href
    if parts.fragment and unquote(parts.fragment) not in pages[target].ids:
        return "dead anchor %s" % href
    return None


def check(site):
    pages, troubles = read_pages(site), []
    for page in pages.values():
        own = list(page.troubles)
        if page.stack:
            own.append("not closed: %s" % page.stack)
        own += ["id %s twice" % i for i in sorted(set(page.ids)) if page.ids.count(i) > 1]
        if page.h1 != 1:
            own.append("%d h1" % page.h1)
        if page.path != "404.html":
            own += filter(None, (check_link(site, pages, page, href) for href in page.links))
        own += ["asks for %s" % a for a in page.asks if urlsplit(a).scheme or a.startswith("//")]
        parts = page.path.split("/")
        if parts[0] == "estates" and (len(parts) == 3 or (parts[2] in ("clusters", "networks") and parts[3] != "index.html")) and not page.svg_text:
            own.append("no drawing")
        own += ["no card for %s" % href for href in sorted(page.mentions - page.cards)]
        if page.cards and not page.path.startswith("estates/") and "fact" in page.classes and "legend" not in page.classes:
            own.append("facts are marked and no legend tells how")
        troubles += ["%s: %s" % (page.path, t) for t in own]
    return pages, troubles


def main():
    with tempfile.TemporaryDirectory() as folder:
        site = folder + "/site"
        build = subprocess.run([os.environ["LINTEL"], "build", "-C", os.environ["ROOT"], "-o", site, "--quiet"])
        if build.returncode != 0:
            sys.exit("build ended with %d" % build.returncode)
        pages, troubles = check(site)
        print("%d pages" % len(pages))
        for path, wanted in (("estates/kernow/networks/prod-net.html", "address-map"), ("estates/lucena/index.html", "dot"),
                             ("index.html", "card")):
            if wanted not in pages[path].classes:
                troubles.append("%s: no %s" % (path, wanted))
        if len(pages) < 100:
            troubles.append("only %d pages" % len(pages))
        print("\n".join(troubles[:60]))
        sys.exit(1 if troubles else 0)


if __name__ == "__main__":
    main()
