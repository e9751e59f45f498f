#!/usr/bin/env python3
"""lintel adr: what each action writes in each dialect, byte by byte; what it is read back as; what it refuses."""
import collections
import json
import os
import subprocess
import sys
import tempfile

LINTEL = os.environ["LINTEL"]
ENV = {**os.environ, "SOURCE_DATE_EPOCH": "1772366400", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null",
       "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.net", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.net"}
TODAY = "2026-03-01"
failures = []


def fail(name, text):
    failures.append(name)
    print("%s: %s" % (name, text))


def run(*args, cwd=None):
    done = subprocess.run([LINTEL, *args], env=ENV, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def git(root, *args):
    subprocess.run(["git", "-C", root, *args], env=ENV, check=True, capture_output=True)


def write(root, path, text):
    full = os.path.join(root, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "wb") as f:
        f.write(text.encode())


def tree(root):
    found = {}
    for folder, names, files in os.walk(root):
        names[:] = [n for n in names if n != ".git"]
        for name in files:
            with open(os.path.join(folder, name), "rb") as f:
                found[os.path.relpath(os.path.join(folder, name), root)] = f.read().decode()
    return found


def findings(root):
    report = json.loads(run("check", "-C", root, "--format", "json")[1])
    return collections.Counter(d["rule"] for d in report["diagnostics"] if d["severity"] != "info")


def decisions(root):
    return {d["file"]: d for d in json.loads(run("decisions", "-C", root, "--format", "json")[1])}


def differences(wanted, got):
    for path in sorted(set(wanted) | set(got)):
        if wanted.get(path) != got.get(path):
            yield "%s\n  wanted %r\n  got    %r" % (path, wanted.get(path), got.get(path))


def case(name, files, args, changed, reads=(), status=0, says=None):
    """Runs `lintel adr ARGS` over files; `changed`: path -> text (None: gone). `reads`: (path, field, value) afterwards."""
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            write(root, path, text)
        before = findings(root)
        code, out, err = run("adr", "-C", root, *args)
        if code != status:
            fail(name, "status %d, wanted %d: %s%s" % (code, status, out, err))
        if says and says not in out + err:
            fail(name, "does not say %r: %s%s" % (says, out, err))
        wanted = {**files, **changed}
        for line in differences({p: t for p, t in wanted.items() if t is not None}, tree(root)):
            fail(name, line)
        new = findings(root) - before
        if status == 0 and new:
            fail(name, "new findings: %s" % new)
        found = decisions(root) if reads else {}
        for path, field, value in reads:
            got = found.get(path, {}).get(field)
            if isinstance(got, list):
                got = [r["file"] for r in got]
            if got != value:
                fail(name, "%s: %s reads %r, wanted %r" % (path, field, got, value))


def refused(name, files, args, says, status=2):
    case(name, files, args, {}, status=status, says=says)


# ---- one status in every place ----

BODY = "\n## Context\n\nWhy.\n\n## Decision\n\nWhat.\n\n## Consequences\n\nSo.\n"
PLACES = {  # dialect: (text with %s for the status, the case of its words)
    "section": ("# 1. X\n\nDate: 2026-01-01\n\n## Status\n\n%s\n" + BODY, str.capitalize),
    "section at the end": ("# 1. X\n" + BODY + "\n## Status\n\n%s\n", str.capitalize),
    "quoted section": ("# 1. X\n\n## Status\n\n> %s\n" + BODY, str.capitalize),
    "front matter": ("---\nstatus: %s\ndate: 2026-01-01\n---\n\n# X\n" + BODY, str),
    "quoted front matter": ("---\ndate: 2026-01-01\nstatus: \"%s\"\n---\n\n# X\n" + BODY, str),
    "bullets": ("# X\n\n* Status: %s\n* Date: 2026-01-01\n" + BODY, str),
    "bold bullets": ("# X\n\n- **Status**: %s\n- **Date**: 2026-01-01\n" + BODY, str.capitalize),
    "bold line": ("# X\n\n**Status:** %s\n\n**Date:** 2026-01-01\n" + BODY, str.capitalize),
    "two on a line": ("# X\n\n**Status:** %s \u00b7 **Date:** 2026-01-01\n" + BODY, str.upper),
    "rows": ("# X\n\n| Field | Value |\n|---|---|\n| Status | %s |\n| Date | 2026-01-01 |\n" + BODY, str.capitalize),
    "columns": ("# X\n\n| Status | Date |\n|--------|------|\n| %s | 2026-01-01 |\n" + BODY, str.capitalize),
    "quoted rows": ("# X\n\n> | Date | 2026-01-01 |\n> |---|---|\n> | Status | %s |\n" + BODY, str.capitalize),
    "header line": ("Status: %s\nDate: 2026-01-01\n\n# X\n" + BODY, str.capitalize),
    "heading": ("# X\n\n## Status: %s\n" + BODY, str.capitalize),
    "emphasis": ("# X\n\n## Status\n\n**%s**\n" + BODY, str.capitalize),
    "item": ("# X\n\n## Status\n\n- %s\n" + BODY, str.capitalize),
}
P = "adr/0001-x.md"
for dialect, (text, words) in PLACES.items():
    for action, state in (("accept", "accepted"), ("reject", "rejected"), ("deprecate", "deprecated")):
        case("%s, %s" % (dialect, action), {P: text % words("proposed")}, [action, "1"], {P: text % words(state)},
             [(P, "status", state)], says="proposed -> " + state)
    crlf = text.replace("\n", "\r\n")
    case(dialect + ", CRLF and BOM", {P: "\ufeff" + crlf % words("proposed")}, ["accept", P], {P: "\ufeff" + crlf % words("accepted")},
         [(P, "status", "accepted")])

# What stands behind the word stays, but who said the old word and when.
SECTION = PLACES["section"][0]
for before, after in (("Proposed, supersedes [0](0000-a.md)", "Accepted, supersedes [0](0000-a.md)"), ("Proposed\nfor the time being", "Accepted\nfor the time being"),
                      ("Proposed (needs a vote)", "Accepted (needs a vote)"), ("Proposed on 2026-01-02", "Accepted"), ("Under review", "Accepted"),
                      ("\U0001f914 Proposed", "Accepted"), ("Proposed \u2014 see below", "Accepted \u2014 see below"), ("Proposed | Accepted | Rejected", "Accepted")):
    case("behind %r" % before, {P: SECTION % before}, ["accept", "1"], {P: SECTION % after}, [(P, "status", "accepted")])
case("the log's words", {P: SECTION % "Proposed", "adr/0002-y.md": SECTION.replace("1. X", "2. Y") % "\u2705 Approved"}, ["accept", "1"], {P: SECTION % "\u2705 Approved"})
case("two places", {P: "---\nstatus: proposed\n---\n# X\n\n## Status\n\nProposed\n" + BODY}, ["accept", "1"],
     {P: "---\nstatus: accepted\n---\n# X\n\n## Status\n\nAccepted\n" + BODY}, [(P, "status", "accepted")])
case("no status, a log of front matter", {P: "# X\n" + BODY, "adr/0002-y.md": PLACES["front matter"][0] % "proposed"}, ["accept", "1"],
     {P: "---\nstatus: accepted\n---\n\n# X\n" + BODY}, [(P, "status", "accepted")])
case("no status, a log of sections", {P: "# 1. X\n" + BODY, "adr/0002-y.md": SECTION.replace("1. X", "2. Y") % "Accepted"}, ["accept", "1"],
     {P: "# 1. X\n\n## Status\n\nAccepted\n" + BODY}, [(P, "status", "accepted")])
case("no status, a log of bullets", {P: "# X\n" + BODY, "adr/0002-y.md": PLACES["bullets"][0] % "proposed"}, ["accept", "1"],
     {P: "# X\n\n* Status: accepted\n" + BODY}, [(P, "status", "accepted")])
case("an empty field", {P: "---\nstatus:\ndate: 2026-01-01\n---\n\n# X\n" + BODY}, ["accept", "1"],
     {P: "---\nstatus: accepted\ndate: 2026-01-01\n---\n\n# X\n" + BODY}, [(P, "status", "accepted")])
case("an empty section", {P: "# 1. X\n\n## Status\n" + BODY}, ["accept", "1"], {P: "# 1. X\n\n## Status\n\nAccepted\n" + BODY}, [(P, "status", "accepted")])
case("accepted already", {P: SECTION % "Accepted"}, ["accept", "1"], {}, says="accepted already")

# ---- supersession ----

Q = "adr/0002-y.md"


def second(text):
    return text.replace("# 1. X", "# 2. Y").replace("# X", "# Y")


SUPERSEDED = {  # dialect: (value of the old record, what the new one gets: text before -> text after)
    "section": ("Superseded by [2. Y](0002-y.md)", "Accepted\n", "Accepted\n\nSupersedes [1. X](0001-x.md)\n"),
    "front matter": ("superseded by [ADR-0002](0002-y.md)", "So.\n", "So.\n\n## More Information\n\nSupersedes [ADR-0001](0001-x.md)\n"),
    "quoted front matter": ("superseded by [ADR-0002](0002-y.md)", "So.\n", "So.\n\n## More Information\n\nSupersedes [ADR-0001](0001-x.md)\n"),
    "bullets": ("superseded by [ADR-0002](0002-y.md)", "So.\n", "So.\n\n## Links\n\n* Supersedes [ADR-0001](0001-x.md)\n"),
    "bold bullets": ("Superseded by [ADR-0002](0002-y.md)", "**: Accepted\n", "**: Accepted\n- **Supersedes**: [ADR-0001](0001-x.md)\n"),
    "bold line": ("Superseded by [ADR-0002](0002-y.md)", "Accepted\n", "Accepted\n\n**Supersedes:** [ADR-0001](0001-x.md)\n"),
    "rows": ("Superseded by [ADR-0002](0002-y.md)", "Accepted |\n", "Accepted |\n| Supersedes | [ADR-0001](0001-x.md) |\n"),
    "columns": ("Superseded by [ADR-0002](0002-y.md)", "So.\n", "So.\n\n## Links\n\n- Supersedes [ADR-0001](0001-x.md)\n"),
    "header line": ("Superseded by [Y](0002-y.md)", "Accepted\n", "Accepted\nSupersedes: [X](0001-x.md)\n"),
    "item": ("Superseded by [Y](0002-y.md)", "- Accepted\n", "- Accepted\n- Supersedes [X](0001-x.md)\n"),
}
BOTH = [(P, "status", "superseded"), (P, "superseded_by", [Q]), (Q, "supersedes", [P]), (Q, "status", "accepted")]
for dialect, (value, before, after) in SUPERSEDED.items():
    text, words = PLACES[dialect]
    old, new = text % words("accepted"), second(text % words("accepted"))
    wanted = {P: text % value, Q: new.replace(before, after, 1)}
    case(dialect + ", supersede", {P: old, Q: new}, ["supersede", "1", "2"], wanted, BOTH)
    case(dialect + ", supersede, CRLF", {P: old.replace("\n", "\r\n"), Q: new.replace("\n", "\r\n")}, ["supersede", "1", "2"],
         {k: v.replace("\n", "\r\n") for k, v in wanted.items()}, BOTH)
    case(dialect + ", superseded already", wanted, ["supersede", "1", "2"], {}, BOTH)

ADR_TOOLS_3 = "# 3. Z\n\nDate: 2026-01-01\n\n## Status\n\nSuperceded by [2. Y](0002-y.md)\n" + BODY
Y_SUPERCEDES = second(SECTION % "Accepted\n\nSupercedes [3. Z](0003-z.md)")
case("the log's spelling", {P: SECTION % "Accepted", Q: Y_SUPERCEDES, "adr/0003-z.md": ADR_TOOLS_3}, ["supersede", "1", "2"],
     {P: SECTION % "Superceded by [2. Y](0002-y.md)", Q: Y_SUPERCEDES.replace("z.md)", "z.md)\n\nSupercedes [1. X](0001-x.md)")})
case("statements stay", {P: SECTION % "Accepted, amends [2](0002-y.md)", Q: second(SECTION % "Accepted"), "adr/0003-z.md": SECTION.replace("1. X", "3. Z") % "Accepted"},
     ["supersede", "1", "3"], {P: SECTION % "Superseded by [ADR-0003](0003-z.md), amends [2](0002-y.md)".replace("ADR-0003", "0003"),
                               "adr/0003-z.md": SECTION.replace("1. X", "3. Z") % "Accepted\n\nSupersedes [0001](0001-x.md)"},
     [(P, "superseded_by", ["adr/0003-z.md"]), (P, "amends", [Q])])
case("a second successor", {P: SECTION % "Superseded by [2. Y](0002-y.md)", Q: second(SECTION % "Accepted\n\nSupersedes [1. X](0001-x.md)"),
                            "adr/0003-z.md": SECTION.replace("1. X", "3. Z") % "Accepted"}, ["supersede", "1", "3"],
     {P: SECTION % "Superseded by [2. Y](0002-y.md)\n\nSuperseded by [3. Z](0003-z.md)",
      "adr/0003-z.md": SECTION.replace("1. X", "3. Z") % "Accepted\n\nSupersedes [1. X](0001-x.md)"},
     [(P, "superseded_by", [Q, "adr/0003-z.md"])])
FIELDS = "---\nstatus: accepted\nsupersedes: %s\nsuperseded_by: %s\n---\n\n# %s\n" + BODY
for empty in ("", "null", "[]", "N/A"):
    case("fields for it, %r" % empty, {P: FIELDS % (empty, empty, "X"), Q: FIELDS % (empty, empty, "Y")}, ["supersede", "1", "2"],
         {P: (FIELDS % (empty, "\"[ADR-0002](0002-y.md)\"", "X")).replace("accepted", "superseded", 1), Q: FIELDS % ("\"[ADR-0001](0001-x.md)\"", empty, "Y")}, BOTH)
case("a title that YAML would misread", {P: PLACES["front matter"][0] % "accepted", Q: PLACES["front matter"][0].replace("# X", "# Y: a #b \"c\"") % "accepted",
                                         "adr/0003-z.md": "---\nstatus: superseded by [X](0001-x.md)\n---\n\n# Z\n" + BODY}, ["supersede", "1", "2"],
     {P: PLACES["front matter"][0] % "\"superseded by [Y: a #b \\\"c\\\"](0002-y.md)\"",
      Q: (PLACES["front matter"][0].replace("# X", "# Y: a #b \"c\"") % "accepted") + "\n## More Information\n\nSupersedes [X](0001-x.md)\n"})
NEW = "# 2. Use Y\n\nDate: %s\n\n## Status\n\n%s\n\n## Context\n\nWhat is the issue that motivates this decision or change?\n\n" \
      "## Decision\n\nWhat is the change that is proposed or done?\n\n## Consequences\n\nWhat becomes easier or harder to do because of this change?\n"
case("a new successor", {P: SECTION % "Accepted"}, ["supersede", "x", "--new", "Use Y"],
     {P: SECTION % "Superseded by [2. Use Y](0002-use-y.md)", "adr/0002-use-y.md": NEW % (TODAY, "Accepted\n\nSupersedes [1. X](0001-x.md)")},
     [("adr/0002-use-y.md", "supersedes", [P]), (P, "superseded_by", ["adr/0002-use-y.md"])])

BARE = "# ADR-00%d: %s\n\n**Status:** %s\n" + BODY
B1, B2, B3 = "adr/ADR-001-x.md", "adr/ADR-002-y.md", "adr/ADR-003-z.md"
case("numbers without links", {B1: BARE % (1, "X", "Accepted"), B2: BARE % (2, "Y", "Superseded by ADR-003"), B3: BARE % (3, "Z", "Accepted, supersedes ADR-002")}, ["supersede", "1", "3"],
     {B1: BARE % (1, "X", "Superseded by ADR-003"), B3: BARE % (3, "Z", "Accepted, supersedes ADR-002\n\n**Supersedes:** ADR-001")},
     [(B1, "superseded_by", [B3]), (B3, "supersedes", [B2, B1])])

UNDERLINED = "# 1. X\n\n## Status\n\nAccepted\n---\n" + BODY
case("a status above a rule", {P: UNDERLINED, Q: second(SECTION % "Accepted")}, ["supersede", "2", "1"],
     {P: UNDERLINED.replace("Accepted\n", "Accepted\n\nSupersedes [2. Y](0002-y.md)\n\n"), Q: second(SECTION % "Superseded by [1. X](0001-x.md)")},
     [(P, "status", "accepted"), (P, "supersedes", [Q])])
PAIRS = "# X\n\n| Status | Accepted |\n|---|---|\n| Date | 2026-01-01 |\n" + BODY
case("a status in the head of a table", {P: PAIRS, Q: second(PAIRS)}, ["supersede", "1", "2"],
     {P: PAIRS.replace("Accepted", "Superseded by [ADR-0002](0002-y.md)"), Q: second(PAIRS).replace("|---|---|\n", "|---|---|\n| Supersedes | [ADR-0001](0001-x.md) |\n")}, BOTH)
LATE = "# X\n" + BODY + "\n**Status:** Accepted\n"
case("a status at the end", {P: LATE, Q: second(LATE)}, ["link", "2", "Amends", "1"],
     {P: LATE.replace("**S", "## Links\n\n- Amended by [ADR-0002](0002-y.md)\n\n**S"), Q: second(LATE).replace("**S", "## Links\n\n- Amends [ADR-0001](0001-x.md)\n\n**S")},
     [(Q, "amends", [P]), (Q, "status", "accepted")])
case("a predecessor that does not know", {P: SECTION % "Accepted", Q: second(SECTION % "Proposed\n\nSupersedes [1. X](0001-x.md)")}, ["link", "2", "Relates to", "1"],
     {P: SECTION % "Accepted\n\nRelates to [2. Y](0002-y.md)", Q: second(SECTION % "Proposed\n\nSupersedes [1. X](0001-x.md)\n\nRelates to [1. X](0001-x.md)")})

# ---- links ----

case("link", {P: SECTION % "Accepted", Q: second(SECTION % "Accepted")}, ["link", "2", "Amends", "1"],
     {P: SECTION % "Accepted\n\nAmended by [2. Y](0002-y.md)", Q: second(SECTION % "Accepted\n\nAmends [1. X](0001-x.md)")},
     [(P, "amended_by", [Q]), (Q, "amends", [P])])
case("link, both verbs given", {P: SECTION % "Accepted", Q: second(SECTION % "Accepted")}, ["link", "2", "Clarifies", "1", "Clarified by"],
     {P: SECTION % "Accepted\n\nClarified by [2. Y](0002-y.md)", Q: second(SECTION % "Accepted\n\nClarifies [1. X](0001-x.md)")})
case("link, its verb unread", {P: SECTION % "Accepted", Q: second(SECTION % "Accepted")}, ["link", "2", "Came after", "1"],
     {Q: second(SECTION % "Accepted\n\nCame after [1. X](0001-x.md)")}, says="no relation that lintel reads")
LINKS = "# X\n\n* Status: accepted\n" + BODY + "\n## Links\n\n* [A page](https://example.net)\n\n<!-- the end -->\n"
case("link, a section for it", {P: LINKS, Q: second(PLACES["bullets"][0] % "accepted")}, ["link", "1", "Relates to", "2"],
     {P: LINKS.replace("net)\n", "net)\n* Relates to [ADR-0002](0002-y.md)\n"), Q: second(PLACES["bullets"][0] % "accepted") + "\n## Links\n\n* Relates to [ADR-0001](0001-x.md)\n"})

# ---- what follows from it ----

INDEX = "# Log\n\n| No | Record | Status |\n|---|---|---|\n| 0001 | [X](0001-x.md) | %s |\n| 0002 | [Y](0002-y.md) | Accepted |\n| 0003 | [Z](0003-z.md) | Proposed |\n"
LOG = {P: SECTION % "Accepted", Q: second(SECTION % "Accepted"), "adr/0003-z.md": SECTION.replace("1. X", "3. Z") % "Accepted"}
case("a status in an index", {**LOG, "adr/README.md": INDEX % "**Accepted**"}, ["deprecate", "1"], {P: SECTION % "Deprecated", "adr/README.md": INDEX % "**Deprecated**"},
     says="adr/README.md is brought up to date")
case("a supersession in an index", {**LOG, "adr/README.md": INDEX % "Accepted"}, ["supersede", "1", "2"],
     {P: SECTION % "Superseded by [2. Y](0002-y.md)", Q: second(SECTION % "Accepted\n\nSupersedes [1. X](0001-x.md)"), "adr/README.md": INDEX % "Superseded"})
COUNTS = "# Log\n\nIt holds <!-- lintel:begin decision-counts -->3 decisions: %s<!-- lintel:end -->.\n"
case("a generated region", {**LOG, "adr/README.md": COUNTS % "3 accepted"}, ["deprecate", "1"], {P: SECTION % "Deprecated", "adr/README.md": COUNTS % "2 accepted and 1 deprecated"})

# ---- new records ----

case("the first", {"README.md": "# Home\n"}, ["new", "Use", "Y"], {"decisions/0001-use-y.md": (NEW % (TODAY, "Proposed")).replace("2. Use", "1. Use")},
     [("decisions/0001-use-y.md", "status", "proposed"), ("decisions/0001-use-y.md", "date", TODAY)], says="decisions/0001-use-y.md\n")
case("the first, configured", {"lintel.yaml": "decisions: [docs/why]\n"}, ["new", "Use Y"], {"docs/why/0001-use-y.md": (NEW % (TODAY, "Proposed")).replace("2. Use", "1. Use")})
case("the first, .adr-dir", {".adr-dir": "doc/log\n"}, ["new", "Use Y"], {"doc/log/0001-use-y.md": (NEW % (TODAY, "Proposed")).replace("2. Use", "1. Use")})
case("the second", {P: SECTION % "Accepted"}, ["new", "Use Y"], {"adr/0002-use-y.md": NEW % (TODAY, "Proposed")}, [("adr/0002-use-y.md", "status", "proposed")])
case("a status", {P: SECTION % "Accepted"}, ["new", "--status", "accepted", "Use Y"], {"adr/0002-use-y.md": NEW % (TODAY, "Accepted")})
case("the log's line ends", {P: SECTION.replace("\n", "\r\n") % "Accepted"}, ["new", "Use Y"], {"adr/0002-use-y.md": (NEW % (TODAY, "Proposed")).replace("\n", "\r\n")})
for files, title, wanted in ((["ADR-012-a.md"], "Use  C++, & Rust?", "ADR-013-use-c-rust.md"), (["adr_7_use_x.md", "adr_8_use_y.md"], "Über Größe", "adr_9_uber_große.md"),
                             (["20260102-a.md", "20260103-b.md"], "It's v1.2", "20260301-its-v1-2.md"), (["2026-01-02-a.md"], "X", "2026-03-01-x.md"),
                             (["2026-01-02_003-a.md"], "X", "2026-03-01_004-x.md"), (["a.md", "b.md"], "X y", "x-y.md"), (["0009-a.md", "0010-b.md"], "X", "0011-x.md"),
                             (["9-a.md", "10-b.md"], "X", "11-x.md"), (["0001-a.md", "0099-draft.txt"], "X", "0002-x.md")):
    with tempfile.TemporaryDirectory() as root:
        for file in files:
            write(root, "adr/" + file, PLACES["bullets"][0] % "accepted")
        got = run("adr", "-C", root, "new", title)
        if got[1] != "adr/" + wanted + "\n":
            fail("names %s" % files, "%r, wanted %r: %s" % (got[1], wanted, got[2]))
        if run("check", "-C", root, "--fail-on", "warning")[0]:
            fail("names %s" % files, run("check", "-C", root)[1])

TOOLS = "# NUMBER. TITLE\n\nDate: DATE\n\n## Status\n\nSTATUS\n\n## Why\n\nUPDATED or DATED.\n"
case("adr-tools' template", {P: SECTION % "Accepted", "adr/templates/template.md": TOOLS}, ["new", "Use Y"],
     {"adr/0002-use-y.md": "# 2. Use Y\n\nDate: %s\n\n## Status\n\nProposed\n\n## Why\n\nUPDATED or DATED.\n" % TODAY})
MADR4 = "---\n# optional:\n# status: \"{proposed | rejected | accepted | … | superseded by ADR-0123\"\n# date: {YYYY-MM-DD}\n# decision-makers: {who}\n---\n\n# {short title}\n" + BODY
case("MADR's template", {P: PLACES["front matter"][0] % "accepted", "adr/adr-template.md": MADR4}, ["new", "Use Y"],
     {"adr/0002-use-y.md": "---\n# optional:\nstatus: proposed\ndate: %s\n# decision-makers: {who}\n---\n\n# Use Y\n" % TODAY + BODY}, [("adr/0002-use-y.md", "status", "proposed")])
LOG4BRAINS = "# [short title]\n\n- Status: [draft | proposed | … | superseded by [xxx](yyyymmdd-xxx.md)] <!-- optional -->\n- Deciders: [everyone involved] <!-- optional -->\n" \
             "- Date: [YYYY-MM-DD when it was last updated] <!-- optional -->\n\n## Context\n\n[Describe it]\n\n## Links\n\n- [Link type][link to adr] <!-- example -->\n"
case("log4brains' template", {".log4brains.yml": "project:\n  adrFolder: ./docs/log\n", "docs/log/20260101-a.md": "# A\n\n- Status: accepted\n- Date: 2026-01-01\n" + BODY,
                              "docs/log/template.md": LOG4BRAINS}, ["supersede", "a", "--new", "Use Y"],
     {"docs/log/20260101-a.md": "# A\n\n- Status: superseded by [20260301-use-y](20260301-use-y.md)\n- Date: 2026-01-01\n" + BODY,
      "docs/log/20260301-use-y.md": "# Use Y\n\n- Status: accepted\n- Deciders: [everyone involved] <!-- optional -->\n- Date: %s\n\n"
                                    "## Context\n\n[Describe it]\n\n## Links\n\n- Supersedes [20260101-a](20260101-a.md)\n" % TODAY},
     [("docs/log/20260101-a.md", "superseded_by", ["docs/log/20260301-use-y.md"]), ("docs/log/20260301-use-y.md", "date", TODAY)])
case("a numbered heading in a template", {P: "# ADR-0001: X\n\n## Status\n\nAccepted\n" + BODY, "adr/template.md": "# ADR-NNNN: Title\n\n## Status\n\nProposed\n" + BODY},
     ["new", "Use Y"], {"adr/0002-use-y.md": "# ADR-0002: Use Y\n\n## Status\n\nProposed\n" + BODY})
case("a template file", {P: SECTION % "Accepted", "t/own.md": "# NUMBER: TITLE (STATUS)\n"}, ["new", "--template", "t/own.md", "Use Y"],
     {"adr/0002-use-y.md": "# 2: Use Y (Proposed)\n"}, status=0)
for dialect, wanted in (("bold line", "# Use Y\n\n**Status:** Proposed\n\n**Date:** %s\n\n"), ("rows", "# Use Y\n\n| Field | Value |\n|---|---|\n| Status | Proposed |\n| Date | %s |\n\n"),
                        ("bullets", "# Use Y\n\n* Status: proposed\n* Date: %s\n\n"), ("front matter", "---\nstatus: proposed\ndate: %s\n---\n\n# Use Y\n\n"),
                        ("quoted rows", "# Use Y\n\n> | Date | %s |\n> |---|---|\n> | Status | Proposed |\n\n"), ("two on a line", "# Use Y\n\n**Status:** PROPOSED \u00b7 **Date:** %s\n\n"), ("bold bullets", "# Use Y\n\n- **Status**: Proposed\n- **Date**: %s\n\n")):
    with tempfile.TemporaryDirectory() as root:
        text, words = PLACES[dialect]
        write(root, P, text % words("accepted"))
        code, out, err = run("adr", "-C", root, "new", "Use Y")
        got = tree(root).get("adr/0002-use-y.md", "")
        if not got.startswith(wanted % TODAY):
            fail("new, " + dialect, repr(got[:200]) + err)
        record = decisions(root).get("adr/0002-use-y.md", {})
        if (record.get("status"), record.get("date")) != ("proposed", TODAY) or run("check", "-C", root, "--fail-on", "warning")[0]:
            fail("new, " + dialect, "reads %s" % record)

# ---- another number ----

TABLE = "# Log\n\n| No | Record | Status |\n|---|---|---|\n| 0001 | [X](0001-x.md) | Superseded |\n| 2 | [Y](0002-y.md) | Accepted |\n"
TOPOLOGY = "estate: lab\nnetworks:\n  lan: {cidr: 10.0.0.0/16, decision: 1, gateway: 10.0.0.1}\n  dmz: {cidr: 10.1.0.0/16, decision: [2, ADR-0001, adr/0001-x.md]}\n"
PAGE = "# Home\n\nSee ADR-1, ADR-0001 and ADR-0002, [0001](adr/0001-x.md#context), [X](adr/0001-x.md), [Y](adr/0002-y.md), [1. X][x] and [log](adr/README.md).\n\n" \
       "```sh\ncat adr/0001-x.md adr/0001-xy.md\n```\n\nThe lan 10.0.0.0/16, the dmz 10.1.0.0/16.\n\n[x]: adr/0001-x.md\n"
FILES = {P: SECTION % "Superseded by 0002", Q: second(SECTION % "Accepted\n\nSupersedes [1. X](0001-x.md)"), "adr/README.md": TABLE, "topology.yaml": TOPOLOGY, "README.md": PAGE}
DONE = {P: None, "adr/0003-x.md": (SECTION % "Superseded by 0002").replace("# 1.", "# 3."), Q: second(SECTION % "Accepted\n\nSupersedes [3. X](0003-x.md)"),
        "adr/README.md": TABLE.replace("0001", "0003"), "topology.yaml": TOPOLOGY.replace("decision: 1,", "decision: 3,").replace("0001", "0003"),
        "README.md": PAGE.replace("ADR-1", "ADR-3").replace("0001-x.md", "0003-x.md").replace("0001]", "0003]").replace("ADR-0001", "ADR-0003").replace("[1. X]", "[3. X]")}
case("renumber", FILES, ["renumber", "1", "3", "--write"], DONE, [("adr/0003-x.md", "superseded_by", [Q]), (Q, "supersedes", ["adr/0003-x.md"])])
case("renumber to the next", FILES, ["renumber", "1", "--write"], DONE)
case("renumber, shown", FILES, ["renumber", "1"], {}, says="rename to adr/0003-x.md")
BACK = SECTION.replace("1. X", "5. V") % "Accepted\n\nAmends [1. X](0001-x.md)"
case("renumber keeps bytes", {P: (SECTION % "Accepted").replace("\n", "\r\n"), "adr/0005-v.md": "\ufeff" + BACK.replace("\n", "\r\n")}, ["renumber", "1", "12", "--write"],
     {P: None, "adr/0012-x.md": (SECTION % "Accepted").replace("1. X", "12. X").replace("\n", "\r\n"),
      "adr/0005-v.md": "\ufeff" + BACK.replace("1. X", "12. X").replace("0001-x", "0012-x").replace("\n", "\r\n")})
TWICE = {P: SECTION % "Accepted", "adr/0001-z.md": SECTION.replace("1. X", "1. Z") % "Accepted", "README.md": "# Home\n\nADR-0001 and [X](adr/0001-x.md), [Z](adr/0001-z.md).\n"}
case("renumber one of two", TWICE, ["renumber", "0001-z.md", "--write"],
     {"adr/0001-z.md": None, "adr/0002-z.md": SECTION.replace("1. X", "2. Z") % "Accepted", "README.md": TWICE["README.md"].replace("0001-z", "0002-z")}, says="look at")
with tempfile.TemporaryDirectory() as root:
    for path, text in FILES.items():
        write(root, path, text)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    diff = run("adr", "-C", root, "renumber", "1")[1]
    done = subprocess.run(["git", "-C", root, "apply"], input=diff.encode(), capture_output=True)
    wanted = {p: t for p, t in {**FILES, **DONE}.items() if t is not None}
    for line in list(differences(wanted, tree(root))) + ([done.stderr.decode()] if done.returncode else []):
        fail("the diff of renumber, applied", line)
    diff = run("adr", "-C", root, "new", "--dry-run", "Another")[1]
    done = subprocess.run(["git", "-C", root, "apply"], input=diff.encode(), capture_output=True)
    if done.returncode or "adr/0004-another.md" not in tree(root):
        fail("the diff of new, applied", done.stderr.decode() + diff)

# ---- records with a folder of their own, records in one file ----

OWN = {"adr/0001-x/README.md": SECTION % "Accepted", "adr/0002-y/README.md": second(SECTION % "Accepted"), "README.md": "# Home\n\n[X](adr/0001-x/README.md), [Y](adr/0002-y/).\n"}
case("a folder each, new", OWN, ["new", "Use Z"], {"adr/0003-use-z/README.md": (NEW % (TODAY, "Proposed")).replace("2. Use Y", "3. Use Z")},
     [("adr/0003-use-z/README.md", "status", "proposed")])
case("a folder each, supersede", OWN, ["supersede", "x", "2"],
     {"adr/0001-x/README.md": SECTION % "Superseded by [2. Y](../0002-y/README.md)", "adr/0002-y/README.md": second(SECTION % "Accepted\n\nSupersedes [1. X](../0001-x/README.md)")},
     [("adr/0001-x/README.md", "superseded_by", ["adr/0002-y/README.md"])])
case("a folder each, renumber", OWN, ["renumber", "1", "7", "--write"],
     {"adr/0001-x/README.md": None, "adr/0007-x/README.md": (SECTION % "Accepted").replace("# 1.", "# 7."), "README.md": OWN["README.md"].replace("0001-x", "0007-x")})
refused("a folder with other files", {**OWN, "adr/0001-x/notes.md": "# Notes\n"}, ["renumber", "1", "7"], "holds other files too")
SEVERAL = {"docs/decisions.md": "# Decisions\n\n## D-1 X\n\n**Status:** accepted\n\nText.\n\n## D-2 Y\n\n**Status:** proposed\n\nText.\n"}
refused("several in a file", SEVERAL, ["accept", "D-2"], "stands in a file with other records")
refused("a status beside it", {"adr/0001-x/README.md": "# 1. X\n" + BODY, "adr/0001-x/kep.yaml": "title: X\nstatus: provisional\n"}, ["accept", "1"], "stands in adr/0001-x/kep.yaml")
refused("a new one in a file", SEVERAL, ["new", "--log", "docs/decisions.md", "Z"], "holds several records; write the new one there")
case("a file of several is no log to write to", {**SEVERAL, P: SECTION % "Accepted"}, ["new", "Use Y"], {"adr/0002-use-y.md": NEW % (TODAY, "Proposed")})

# ---- numbers on the base branch ----

with tempfile.TemporaryDirectory() as root:
    write(root, P, SECTION % "Accepted")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "one")
    git(root, "checkout", "-qb", "work")
    git(root, "checkout", "-q", "main")
    write(root, Q, second(SECTION % "Accepted"))
    git(root, "add", "-A")
    git(root, "commit", "-qm", "two")
    git(root, "checkout", "-q", "work")
    write(root, "sub/adr/0001-a.md", SECTION % "Accepted")
    for args, wanted, says in ((["--log", "adr", "new", "Z"], "adr/0003-z.md\n", "2 is taken on main (0002-y.md)"), (["--log", "sub/adr", "new", "Z"], "sub/adr/0002-z.md\n", ""),
                               (["--log", "adr", "--no-git", "new", "W"], "adr/0004-w.md\n", "")):
        code, out, err = run("adr", "-C", root, *args)
        if code or out != wanted or says not in err:
            fail("base branch", "%s %r %r" % (args, out, err))
    code, out, err = run("adr", "-C", root, "--log", "adr", "renumber", "3", "2")
    if code != 2 or "2 is taken on main" not in err:
        fail("renumber to a number of the base branch", out + err)
    git(root, "update-ref", "refs/remotes/origin/trunk", "main")
    git(root, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk")
    git(root, "branch", "-qD", "main")
    os.remove(os.path.join(root, "adr/0003-z.md"))
    os.remove(os.path.join(root, "adr/0004-w.md"))
    out = run("adr", "-C", root, "--log", "adr", "new", "Z")[1]
    if out != "adr/0003-z.md\n":
        fail("origin/HEAD", out)
    out = run("adr", "list", cwd=root)[1]
    if out != "adr/0001-x.md  accepted    X\nadr/0003-z.md  proposed    Z\nsub/adr/0001-a.md  accepted    X\nsub/adr/0002-z.md  proposed    Z\n":
        fail("list", repr(out))
    write(root, "lintel.yaml", "")
    code, out, err = run("adr", "deprecate", "1", cwd=root + "/sub")
    if out != "sub/adr/0001-a.md: accepted -> deprecated\n":
        fail("the nearest log", out + err)
    code, out, err = run("adr", "new", "--dry-run", "A", cwd=root)
    if code != 2 or "several decision logs" not in err:
        fail("no nearest log", out + err)

# ---- what is refused ----

TWO = {"a/adr/0001-x.md": SECTION % "Proposed", "b/adr/0001-x.md": SECTION % "Proposed"}
ONE = {P: SECTION % "Proposed"}
refused("two logs", TWO, ["new", "Y"], "several decision logs: a/adr, b/adr; choose one with --log DIR")
refused("two records", TWO, ["accept", "1"], "may be 2 records: a/adr/0001-x.md, b/adr/0001-x.md")
case("one of two logs", TWO, ["accept", "1", "--log", "b/adr"], {"b/adr/0001-x.md": SECTION % "Accepted"})
case("one of two paths", TWO, ["accept", "b/adr/0001-x.md"], {"b/adr/0001-x.md": SECTION % "Accepted"})
refused("no log", ONE, ["new", "Y", "--log", "docs"], "'docs' is no decision log; they are: adr")
refused("a log outside", ONE, ["new", "Y", "--log", "../adr"], "is no decision log")
refused("no record", ONE, ["accept", "7"], "no record is called '7'")
refused("nearly a record", {"adr/0001-use-nats.md": SECTION % "Proposed"}, ["accept", "use-nast"], "did you mean 'use-nats'")
refused("no records", {"README.md": "# Home\n"}, ["accept", "7"], "there are no decision records here")
refused("a superseded one", {P: SECTION % "Superseded by [2. Y](0002-y.md)", Q: second(SECTION % "Accepted")}, ["accept", "1"], "is superseded, and stays so")
refused("itself", ONE, ["supersede", "1", "1"], "cannot supersede itself")
refused("a circle", {P: SECTION % "Superseded by [2. Y](0002-y.md)", Q: second(SECTION % "Accepted")}, ["supersede", "2", "1"], "is a circle")
refused("a longer circle", {P: SECTION % "Superseded by [2. Y](0002-y.md)", Q: second(SECTION % "Superseded by [3. Z](0003-z.md)"),
                            "adr/0003-z.md": SECTION.replace("1. X", "3. Z") % "Accepted"}, ["supersede", "3", "1"], "is a circle")
refused("linked to itself", ONE, ["link", "1", "Amends", "1"], "cannot be linked to itself")
refused("supersede by link", {**ONE, Q: second(SECTION % "Accepted")}, ["link", "2", "Supersedes", "1"], "lintel adr supersede")
refused("an action", ONE, ["acept", "1"], "did you mean 'accept'")
refused("too few", ONE, ["supersede", "1"], "usage: lintel adr supersede")
refused("an empty title", ONE, ["new", " "], "the title is empty")
refused("a title of signs", ONE, ["new", "???"], "holds no letter or digit")
refused("a title of two lines", ONE, ["new", "a\nb"], "control character")
refused("a template", ONE, ["new", "--template", "none", "Y"], "no template is called 'none'")
refused("a status word", ONE, ["new", "--status", "perhaps", "Y"], "--status takes")
refused("a number", ONE, ["renumber", "1", "x"], "is no number")
refused("a number taken", {**ONE, Q: second(SECTION % "Accepted")}, ["renumber", "1", "2"], "2 is taken: adr/0002-y.md")
refused("no number", {"adr/x.md": PLACES["bullets"][0] % "accepted"}, ["renumber", "x", "2"], "has no number in its name")
refused("not ours", ONE, ["accept", "1", "--strict"], "does not take '--strict'")
with tempfile.TemporaryDirectory() as root:
    write(root, P, SECTION % "Accepted")
    write(root, Q, second(SECTION % "Accepted"))
    os.chmod(os.path.join(root, P), 0o444)
    before = tree(root)
    code, out, err = run("adr", "-C", root, "supersede", "1", "2")
    if code != 3 or "nothing was written" not in err or tree(root) != before:
        fail("a read-only file", "%d %s" % (code, err))
    code, out, err = run("adr", "-C", root, "supersede", "1", "--new", "Z")
    if code != 3 or tree(root) != before:
        fail("a read-only file and a new one", "%d %s" % (code, err))
with tempfile.TemporaryDirectory() as root:
    os.makedirs(os.path.join(root, "ws"))
    os.makedirs(os.path.join(root, "elsewhere"))
    os.symlink("../elsewhere", os.path.join(root, "ws/decisions"))
    code, out, err = run("adr", "-C", os.path.join(root, "ws"), "new", "Y")
    if code != 2 or "symbolic link" not in err or os.listdir(os.path.join(root, "elsewhere")):
        fail("a folder elsewhere", "%d %s%s" % (code, out, err))

# ---- adr-tools on the same log ----

TOOLS_SH = r"""
set -e
dir=$(cat .adr-dir)
file() { ls "$dir" | grep -E "^0*$1-" | head -1; }
title() { head -1 "$dir/$1" | cut -c3-; }
add_link() { # FILE VERB FILE: before the heading behind the status
	awk -v line="$2 [$(title "$3")]($3)" '/^##/ {if (inside) {print line; print ""}; inside = 0} /^## Status$/ {inside = 1} {print}' "$dir/$1" >"$dir/$1.tmp"
	mv "$dir/$1.tmp" "$dir/$1"
}
remove_status() { # FILE WORD
	awk -v word="$2" '/^##/ {inside = 0} /^## Status$/ {inside = 1; print; next}
		inside && $0 == word {gone = 1; next} inside && gone && $0 == "" {gone = 0; next} {print}' "$dir/$1" >"$dir/$1.tmp"
	mv "$dir/$1.tmp" "$dir/$1"
}
new() { # TITLE [SUPERSEDED]
	last=$(ls "$dir" | grep -Eo '^[0-9]+' | sed 's/^0*//' | sort -n | tail -1)
	number=$((${last:-0} + 1))
	name=$(printf '%04d-%s.md' $number "$(printf %s "$1" | tr -Ccs '[:alnum:]' - | tr '[:upper:]' '[:lower:]')")
	printf '# %s. %s\n\nDate: 2026-03-01\n\n## Status\n\nAccepted\n\n## Context\n\nWhy.\n\n## Decision\n\nWhat.\n\n## Consequences\n\nSo.\n' $number "$1" >"$dir/$name"
	[ -z "${2:-}" ] && return
	add_link "$(file $2)" "Superceded by" "$name"
	remove_status "$(file $2)" Accepted
	add_link "$name" Supercedes "$(file $2)"
}
case $1 in
new) new "$2" ;;
new-s) new "$3" "$2" ;;
link) add_link "$(file "$2")" "$3" "$(file "$4")"; add_link "$(file "$4")" "$5" "$(file "$2")" ;;
list) ls "$dir" | grep -E '^[0-9]+-[^/]*\.md$' | sed "s,^,$dir/," ;;
esac
"""
with tempfile.TemporaryDirectory() as root:
    def tools(*args):
        return subprocess.run(["bash", "-c", TOOLS_SH, "adr", *args], cwd=root, check=True, capture_output=True).stdout.decode()

    def ours(*args):
        code, out, err = run("adr", "-C", root, *args)
        if code:
            fail("alternating", "%s: %s%s" % (args, out, err))

    write(root, ".adr-dir", "doc/adr\n")
    os.makedirs(root + "/doc/adr")
    tools("new", "Record decisions")
    ours("new", "--status", "accepted", "Use MySQL")
    tools("new-s", "2", "Use PostgreSQL")
    ours("supersede", "3", "--new", "Use SQLite")
    tools("new-s", "4", "Use files")
    tools("link", "5", "Amends", "1", "Amended by")
    ours("link", "4", "Amends", "1")
    ours("new", "Use folders")
    ours("accept", "6")
    ours("supersede", "5", "6")
    found = {d["number"]: d for d in decisions(root).values()}
    stated = {n: (d["status"], [r["number"] for r in d["supersedes"]], [r["number"] for r in d["superseded_by"]], [r["number"] for r in d["amends"]],
                  [r["number"] for r in d["amended_by"]]) for n, d in found.items()}
    wanted = {1: ("accepted", [], [], [], [5, 4]), 2: ("superseded", [], [3], [], []), 3: ("superseded", [2], [4], [], []), 4: ("superseded", [3], [5], [1], []),
              5: ("superseded", [4], [6], [1], []), 6: ("accepted", [5], [], [], [])}
    if stated != wanted:
        fail("alternating", "reads %s" % stated)
    if findings(root):
        fail("alternating", "findings %s" % findings(root))
    names = ["record-decisions", "use-mysql", "use-postgresql", "use-sqlite", "use-files", "use-folders"]
    if tools("list").split() != ["doc/adr/%04d-%s.md" % (i + 1, name) for i, name in enumerate(names)]:
        fail("alternating", "adr list: " + tools("list"))
    text = tree(root)["doc/adr/0003-use-postgresql.md"]
    if "\n## Status\n\nSuperceded by [4. Use SQLite](0004-use-sqlite.md)\n\nSupercedes [2. Use MySQL](0002-use-mysql.md)\n\n## Context" not in text:
        fail("alternating", "3 is written as %r" % text)

sys.exit(1 if failures else 0)
