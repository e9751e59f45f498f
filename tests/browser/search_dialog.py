#!/usr/bin/env python3
"""The search by keys alone, from a folder, in Chromium: opened, typed into, walked through, followed, closed; nothing is loaded before,
nothing is complained of, axe finds no violation in either theme."""
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)) + "/driver")
import webdriver  # noqa: E402

ROOT = os.environ["ROOT"]
AXE = ROOT + "/node_modules/axe-core/axe.min.js"
OPEN = 'document.querySelector("dialog.search[open]")'
RESULTS = 'document.querySelectorAll(".search-results a").length'
STATUS = 'return document.querySelector(".search-status").textContent'
FOCUS = 'return document.activeElement.id || document.activeElement.textContent.slice(0, 40)'


class Tour:
    def __init__(self):
        self.troubles = []

    def hold(self, what, true):
        if not true:
            self.troubles.append(what)


def axe(tour, browser, where):
    if not os.path.isfile(AXE):
        return
    with open(AXE, encoding="utf-8") as f:
        browser.run(f.read())
    rules = '{preload: false, runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}'
    found = browser.wait("var done = arguments[0]; axe.run(document, %s).then(function (r) { done(r.violations.map(function (v) { "
                         "return v.id + ': ' + v.nodes[0].html; })); });" % rules)
    tour.hold("axe %s: %s" % (where, "; ".join(found)), not found)


def keyboard(tour, browser, page):
    browser.open(page)
    scripts = 'return Array.from(document.scripts).map(function (s) { return s.src.replace(/.*\\//, ""); }).join()'
    tour.hold("scripts are loaded before they are asked for: " + browser.run(scripts), browser.run(scripts) == "lintel.js")
    browser.press("/")
    tour.hold("/ opens nothing", browser.until(OPEN) is not None)
    tour.hold("the field has no focus", browser.run(FOCUS) == "lintel-search-input")
    browser.type("192.168.100.25")
    tour.hold("an address finds nothing", browser.until(RESULTS) is not None)
    first = browser.run('return document.querySelector(".search-results a").textContent')
    tour.hold("the first result is no address: " + first, first.startswith("192.168.100.25address"))
    tour.hold("the number of results is not announced", "results" in browser.run(STATUS))
    tour.hold("there is no excerpt with a mark", browser.until('document.querySelector(".search-excerpt mark")') is not None)
    browser.press("ArrowDown")
    tour.hold("arrow down does not reach a result", browser.run(FOCUS).startswith("192.168.100.25"))
    browser.press("ArrowUp")
    tour.hold("arrow up does not lead back", browser.run(FOCUS) == "lintel-search-input")
    for _ in range(60):
        browser.press("Tab")
        tour.hold("the focus leaves the dialog", browser.run('return !document.activeElement.closest("main, header")'))
    browser.press("Escape")
    tour.hold("Escape does not close it", browser.until("!" + OPEN) is not None)
    browser.press("Control+k")
    tour.hold("Ctrl K does not open it again", browser.until(OPEN) is not None)
    browser.type("ADR-0011")
    browser.until('document.querySelector(".search-results a").textContent.indexOf("0011") === 0')
    browser.press("Enter")
    tour.hold("Enter does not open the first result", browser.until('location.href.indexOf("/0011-") > 0') is not None)


def keys(tour, browser, page):
    browser.open(page)
    browser.press("?")
    tour.hold("? shows no keys", browser.until('document.querySelector("dialog.keys[open]")') is not None)
    axe(tour, browser, "keys")
    browser.press("Escape")
    tour.hold("Escape does not close the keys", browser.until('!document.querySelector("dialog.keys")') is not None)
    browser.open(page)
    browser.run('document.getElementById("lintel-keys-open").click()')
    browser.press(" ", "Escape", "/")
    tour.hold("single keys cannot be switched off", browser.run("return !" + OPEN))
    browser.run('document.getElementById("lintel-keys-open").click()')
    browser.press(" ", "Escape")
    browser.open(page)
    browser.press("Tab")
    tour.hold("Tab does not reach the skip link first", browser.run(FOCUS) == "Skip to the content")
    browser.press("Enter", "]")
    tour.hold("] does not lead to the next page", browser.until('location.href.indexOf("/0008-") > 0') is not None)
    browser.run("window.scrollTo(0, document.documentElement.scrollHeight)")
    tour.hold("the contents do not follow", browser.until('document.querySelector(".contents a[aria-current]")') is not None)


def main():
    webdriver.missing()
    tour = Tour()
    with tempfile.TemporaryDirectory() as folder:
        site = folder + "/site"
        subprocess.run([os.environ["LINTEL"], "build", "-C", ROOT, "-o", site, "--quiet"], capture_output=True)
        if not os.path.isfile(site + "/assets/minisearch.js"):
            print("lintel was built without MiniSearch: run make setup")
            sys.exit(1 if os.environ.get("LINTEL_WHOLE") else 0)
        page = "file://" + site + "/decisions/daviestechlabs/0007-use-kserve-for-inference.html"
        for dark in (False, True):
            with webdriver.Browser(dark=dark) as browser:
                if not dark:
                    keyboard(tour, browser, page)
                    keys(tour, browser, page)
                browser.open(page)
                browser.press("/")
                browser.until(OPEN)
                browser.type("storm")
                browser.until('document.querySelector(".search-excerpt")')
                axe(tour, browser, "dark" if dark else "light")
                tour.troubles += browser.console()
        with webdriver.Browser(script=False) as browser:
            browser.open(page)
            tour.hold("a button that does nothing is shown", browser.run('return document.getElementById("lintel-search-open").hidden'))
    if tour.troubles:
        sys.exit("\n".join(tour.troubles))


if __name__ == "__main__":
    main()
