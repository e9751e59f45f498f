#!/usr/bin/env python3
"""Prints recall and precision of lintel over folders that have a truth file beside them.

Usage: measure.py LINTEL CORPUS

CORPUS.decisions.json   every record's number, status, date and relations, and the defects of the log
CORPUS.drift.json       contradictions (`real` must be found, `weak` may be) and traps, which must stay silent
contradictions.md       in CORPUS or beside it: numbered items with places, and controls, which must stay silent

A CORPUS without truth is a folder of such folders. What contradictions.md tells of is checked in copies: one workspace
for each of its folders, with overlay/FOLDER/ laid over it (a topology), and with decision records made from the table
of records of its README; folders of .txt files become markdown. Drift is measured in place, and once more in a copy
where there is an overlay, which declares what the machine files say.
"""
import collections
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
RELATIONS = ("supersedes", "superseded_by", "amends", "amended_by")
DEFECT_RULES = {
    "status-missing": "decision-status-missing",
    "duplicate-number": "decision-number-duplicate",
    "title-number-mismatch": "decision-number-mismatch",
    "successor-not-accepted": "decision-superseded-by-unaccepted",
    "broken-link": "link-missing-file",
}
# Rules that can tell of an item whose first kind is this letter.
KIND_RULES = {
    "d": ("link-", "anchor-", "decision-mention", "page-"),
    "f": ("text-", "name-", "anchor-", "decision-index", "fact-", "diagram-"),
}
FACT_RULES = ("fact-", "name-", "address-", "cidr-", "hostname-", "decision-", "diagram-", "cluster-", "network-",
              "node-", "topology-", "source-", "text-date", "port-", "vip-", "value-")
# Rules that speak of a whole document, wherever in it they point.
WHOLE_FILE_RULES = ("text-flattened",)
# Rules that speak of a table, list or drawing, and point at one line of it.
BLOCK_RULES = ("fact-members", "fact-total", "diagram-member-missing")


def lintel(binary, folder, *arguments):
    result = subprocess.run([binary, *arguments, "--format", "json", "-C", folder], capture_output=True, timeout=600)
    if result.returncode not in (0, 1):
        sys.exit("lintel %s ended with %d\n%s" % (
            " ".join(arguments), result.returncode, result.stderr.decode(errors="replace")))
    return json.loads(result.stdout.decode(errors="replace"))


def show_finding(finding, prefix=""):
    return "%s%s:%d:%d: %s: %s [%s]" % (
        prefix, finding["file"], finding["line"], finding["column"], finding["severity"], finding["message"],
        finding["rule"])


def percent(part, whole):
    return "%d of %d%s" % (part, whole, " (%.0f %%)" % (100 * part / whole) if whole else "")


# ---- decisions ----

def relation_set(entries, key):
    return {(e[key], bool(e.get("partial"))) for e in entries if e.get(key)}


def measure_decisions(binary, folder, truth):
    ours = {d["file"]: d for d in lintel(binary, folder, "decisions")}
    theirs = {d["file"]: d for d in truth["adrs"] if os.path.isfile(os.path.join(folder, d["file"]))}
    right, asked, wrong = collections.Counter(), collections.Counter(), []
    for path, want in sorted(theirs.items()):
        got = ours.get(path)
        asked["record"] += 1
        if not got:
            wrong.append("%s: no record" % path)
            continue
        right["record"] += 1
        for field in ("number", "status", "effective_status", "date"):
            asked[field] += 1
            if got[field] == want[field]:
                right[field] += 1
            else:
                wrong.append("%s: %s is %s, not %s" % (path, field, want[field], got[field]))
        for field in RELATIONS:
            wanted, found = relation_set(want[field], "target"), relation_set(got[field], "file")
            asked["relations"] += len(wanted | found)
            right["relations"] += len(wanted & found)
            wrong += ["%s: %s %s is missed" % (path, field, target) for target in sorted(wanted - found)]
            wrong += ["%s: %s %s is invented" % (path, field, target) for target in sorted(found - wanted)]
    wrong += ["%s: not a record" % path for path in sorted(set(ours) - set(theirs))]
    print("decisions: " + ", ".join("%s %s" % (field, percent(right[field], asked[field])) for field in asked))
    for line in wrong:
        print("  " + line)
    measure_defects(binary, folder, truth.get("defects", []))


def measure_defects(binary, folder, defects):
    findings = lintel(binary, folder, "check")["diagnostics"]
    places = {(f["rule"], f["file"]) for f in findings}
    # where most records of a log have no status, one finding tells it of the log
    of_log = {os.path.dirname(f["file"]) for f in findings
              if f["rule"] == "decision-status-missing" and f["severity"] == "info"}
    found, missed = 0, []
    for defect in defects:
        rule = DEFECT_RULES.get(defect["type"])
        files = defect.get("files") or [defect.get("file")] + [defect.get("newer"), defect.get("older")]
        if any((rule, path) in places for path in files) or (
                defect["type"] == "status-missing" and os.path.dirname(files[0]) in of_log):
            found += 1
        else:
            missed.append("%s in %s (%s)" % (defect["type"], ", ".join(f for f in files if f), rule or "no rule"))
    print("defects: %s" % percent(found, len(defects)))
    for line in missed:
        print("  missed: " + line)


# ---- drift ----

def touches_line(finding, path, line):
    if finding["file"] == path and finding["line"] <= line <= finding["end_line"]:
        return True
    return any(note["file"] == path and note["line"] == line for note in finding["related"])


def measure_drift(binary, folder, truth):
    show_drift(lintel(binary, folder, "check")["diagnostics"], truth)


def show_drift(findings, truth):
    counts = {"real": [0, 0], "weak": [0, 0]}
    known = set()
    for item in truth["contradictions"]:
        claim = item["claim"]
        hits = [f for f in findings if touches_line(f, claim["file"], claim["line"])
                and f["rule"].startswith(FACT_RULES + ("link-",))]
        known.update(f["fingerprint"] for f in hits)
        count = counts.setdefault(item["severity"], [0, 0])
        count[1] += 1
        count[0] += bool(hits)
        print("  %s %-4s %-12s %s:%d %s: %s" % (
            item["id"], item["severity"], item["kind"], claim["file"], claim["line"], claim["value"],
            ", ".join(sorted({f["rule"] for f in hits})) or "MISSED"))
    silent, traps = 0, truth["false_positive_traps"]
    for trap in traps:
        hits = [f for f in findings
                if f["file"] == trap["file"] and f["line"] == trap["line"] and f["severity"] != "info"]
        silent += not hits
        for hit in hits:
            print("  trap (%s): %s" % (trap["why"], show_finding(hit)))
    show_further([("", f) for f in findings if f["severity"] != "info" and f["fingerprint"] not in known])
    print("drift: real %s, weak %s found; traps silent: %d of %d" % (
        percent(*counts["real"]), percent(*counts["weak"]), silent, len(traps)))


def show_further(findings):
    """What no item asks for, to be read by hand; many alike in one file are one line."""
    groups = collections.OrderedDict()
    for prefix, finding in findings:
        groups.setdefault((finding["rule"], prefix + finding["file"]), []).append((prefix, finding))
    print("further errors and warnings, %d:" % len(findings))
    for (rule, path), group in groups.items():
        if rule.startswith("link-") and len(group) > 3:
            print("  %s: %d times %s, lines %s" % (path, len(group), rule, ", ".join(
                str(line) for line in sorted({f["line"] for _, f in group}))))
        else:
            for prefix, finding in group:
                print("  " + show_finding(finding, prefix))


# ---- contradictions.md ----

PLACE = re.compile(r"^- (\S+?):(\d+) (`+) ?(.+?) ?\3(?:\s|$|,)")
CONTROL = re.compile(r"^- \*\*(\w+)\*\* (\S+?):(\d+) (`+) ?(.+?) ?\4 (.*)$")
ITEM = re.compile(r"^### (\w+)\. (.*)$")
SEVERITY = re.compile(r"^(error|warn|info|hazard) · (\w)\b(.*?) · (.*)$")

Place = collections.namedtuple("Place", "file line words")


class Item:
    def __init__(self, number, title):
        self.number, self.title = number, title
        self.severity = self.kind = self.automation = ""
        self.places = []

    def is_automatic(self):
        return self.automation.startswith("automatic")


def read_contradictions(path):
    items, controls = [], []
    for line in open(path, encoding="utf-8").read().split("\n"):
        match = ITEM.match(line)
        if match:
            items.append(Item(*match.groups()))
            continue
        match = CONTROL.match(line)
        if match:
            name, path_, number, _, words, why = match.groups()
            controls.append((name, Place(path_, int(number), words), why))
            continue
        if not items or controls:
            continue
        match = SEVERITY.match(line)
        if match:
            items[-1].severity, items[-1].kind, items[-1].automation = match.group(1), match.group(2), match.group(4)
        match = PLACE.match(line)
        if match:
            items[-1].places.append(Place(match.group(1), int(match.group(2)), match.group(4)))
    return items, controls


def records_of_table(folder):
    """(path, number, title, status, date, successor) of each row of a table that links to numbered records."""
    row = re.compile(r"^\| *(\d{4}) *\| *\[(.+?)\]\(([^)]*?(\d{4})-[^)]*\.md)\) *\| *(.*?) *\| *(.*?) *\|$")
    for base, _, names in os.walk(folder):
        for name in sorted(names):
            if not name.endswith(".md"):
                continue
            for line in open(os.path.join(base, name), encoding="utf-8").read().split("\n"):
                match = row.match(line)
                if match:
                    number, title, link, _, status, date = match.groups()
                    successor = re.search(r"superseded by \[?(?:ADR-)?(\d{4})", status)
                    day = re.search(r"\d{4}-\d{2}-\d{2}", date)
                    word = re.search(r"[A-Za-z]+", status)
                    yield (os.path.normpath(os.path.join(base, link)), int(number), title,
                           word and word.group(0).capitalize(), day and day.group(0),
                           successor and int(successor.group(1)))


def make_records(folder):
    rows = list(records_of_table(folder))
    by_number = {row[1]: row for row in rows}
    older = collections.defaultdict(list)
    for row in rows:
        if row[5] in by_number:
            older[row[5]].append(row)

    def link(row):
        return "[%d. %s](%s)" % (row[1], row[2], os.path.basename(row[0]))

    for path, number, title, status, date, successor in rows:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        lines = ["# %d. %s" % (number, title), "", "Date: %s" % date, "", "## Status", ""]
        lines.append("Superseded by " + link(by_number[successor]) if successor in by_number else status or "Accepted")
        for row in older[number]:
            lines += ["", "Supersedes " + link(row)]
        lines += ["", "## Context", "", title + ".", ""]
        with open(path, "w", encoding="utf-8") as out:
            out.write("\n".join(lines))
    return len(rows)


def lay_out(source, name, target):
    """A writable copy of one folder with its overlay, records and .txt files as markdown."""
    raw = not any(file.endswith(".md") for _, _, files in os.walk(source) for file in files)
    for base, _, names in os.walk(source):
        for file in names:
            to = os.path.join(target, os.path.relpath(os.path.join(base, file), source))
            if raw and to.endswith(".txt"):
                to = to[:-4] + ".md"
            os.makedirs(os.path.dirname(to), exist_ok=True)
            shutil.copyfile(os.path.join(base, file), to)
    made = make_records(target)
    overlay = os.path.join(HERE, "overlay", name)
    if os.path.isdir(overlay):
        shutil.copytree(overlay, target, dirs_exist_ok=True)
    return made


def markdown_path(path):
    return re.sub(r"\.txt$", ".md", path)


class Workspaces:
    """What lintel finds in each folder; paths begin with the folder's name, and raw texts end in .md."""

    def __init__(self, binary, root, names):
        self.findings, self.lines = [], {}
        with tempfile.TemporaryDirectory() as scratch:
            for name in names:
                folder = os.path.join(scratch, name)
                os.makedirs(folder)
                records = lay_out(os.path.join(root, name), name, folder)
                report = lintel(binary, folder, "check")
                self.findings += [(name + "/", f) for f in report["diagnostics"]]
                facts = {name: n for name, n in report["summary"]["facts"].items() if isinstance(n, int)}
                print("%s: %d records made; %d errors, %d warnings, %d infos; facts %s" % (
                    name, records, report["summary"]["errors"], report["summary"]["warnings"],
                    report["summary"]["infos"], ", ".join("%s %d" % pair for pair in facts.items())))
                for base, _, files in os.walk(folder):
                    for file in files:
                        path = os.path.join(base, file)
                        self.lines[os.path.relpath(path, scratch)] = open(path, "rb").read().split(b"\n")

    def columns(self, place):
        """Columns of the quoted words in their line, end exclusive; None when the line does not hold them."""
        lines = self.lines.get(markdown_path(place.file), [])
        line = lines[place.line - 1] if place.line <= len(lines) else b""
        at = line.find(place.words.encode())
        return None if at < 0 else (at + 1, at + 1 + len(place.words.encode()))

    def stands_at(self, prefix, where, place):
        if prefix + where["file"] != markdown_path(place.file) or not (
                where["line"] <= place.line <= where.get("end_line", where["line"])):
            return False
        columns = self.columns(place)
        if not columns or where["line"] != where.get("end_line", where["line"]):
            return True
        end = max(where.get("end_column", where["column"]), where["column"] + 1)
        return where["column"] < columns[1] and columns[0] < end

    def declares(self, prefix, finding, place):
        """A finding in the topology about a network or name that stands among the quoted words."""
        if not finding["file"].endswith("topology.yaml") or not place.file.startswith(prefix):
            return False
        line = self.lines[prefix + finding["file"]][finding["line"] - 1].decode()
        names = re.findall(r"\d+\.\d+\.\d+\.\d+(?:/\d+)?", line) or re.findall(r"^\s*([\w-]+):", line)
        return any(re.search(r"(?<![\w.-])%s(?![\w.-])" % re.escape(name), place.words) for name in names)

    def same_block(self, prefix, finding, place):
        """No empty line between the finding and the place."""
        if finding["rule"] not in BLOCK_RULES or prefix + finding["file"] != markdown_path(place.file):
            return False
        first, last = sorted((finding["line"], place.line))
        return all(line.strip() for line in self.lines[prefix + finding["file"]][first - 1:last])

    def is_hit(self, prefix, finding, place):
        if finding["rule"] in WHOLE_FILE_RULES and prefix + finding["file"] == markdown_path(place.file):
            return True
        return (self.stands_at(prefix, finding, place) or self.same_block(prefix, finding, place)
                or any(self.stands_at(prefix, note, place) for note in finding["related"])
                or self.declares(prefix, finding, place))

    def hits(self, item):
        """(prefix, finding, places): the places of the item that a finding tells of or notes."""
        rules = KIND_RULES.get(item.kind, FACT_RULES)
        found = []
        for prefix, finding in self.findings:
            if not finding["rule"].startswith(rules):
                continue
            # what an item calls an error is not found by a remark, nor the other way round
            if (item.severity, finding["severity"]) in (("error", "info"), ("warn", "info"), ("info", "error")):
                continue
            places = [place for place in item.places if self.is_hit(prefix, finding, place)]
            if places:
                found.append((prefix, finding, places))
        return found


def show_items(items, spaces):
    known, found_of = set(), {}
    for item in items:
        hits = spaces.hits(item)
        if item.severity != "hazard":
            known.update((prefix, f["fingerprint"]) for prefix, f, _ in hits)
        found_of[item.number] = bool(hits)
        tellers = {"%s at %s%s:%d" % (f["rule"], prefix, f["file"], f["line"]) for prefix, f, _ in hits}
        where = "; ".join(sorted(tellers)[:6])
        n_places = len({place for _, _, places in hits for place in places})
        if where and item.places:
            where = "%d of %d places, %s" % (n_places, len(item.places), where)
        verdict = where or ("-" if item.severity == "hazard" else "MISSED")
        automation = (item.automation.split() or ["?"])[0].rstrip(":")
        print("%-4s %-6s %s %-9s %s: %s" % (item.number, item.severity, item.kind, automation, item.title, verdict))
    return known, found_of


def show_totals(items, found_of):
    groups = collections.OrderedDict()
    for item in items:
        if item.severity == "hazard":
            continue
        for name in (item.severity + " " + ("automatic" if item.is_automatic() else "not automatic"),):
            group = groups.setdefault(name, [0, 0])
            group[0] += found_of[item.number]
            group[1] += 1
    for name, (found, n) in sorted(groups.items()):
        print("  %s: %s" % (name, percent(found, n)))
    wanted = [i for i in items if i.severity in ("error", "warn") and i.is_automatic()]
    return sum(found_of[i.number] for i in wanted), len(wanted)


def measure_contradictions(binary, root, only=None):
    items, controls = read_contradictions(os.path.join(root, "contradictions.md"))
    names = sorted(n for n in os.listdir(root) if os.path.isdir(os.path.join(root, n)) and (only in (None, n)))
    items = [i for i in items if any(p.file.split("/")[0] in names for p in i.places)]
    controls = [c for c in controls if c[1].file.split("/")[0] in names]
    spaces = Workspaces(binary, root, names)
    print()
    known, found_of = show_items(items, spaces)
    print()
    silent = 0
    for name, place, why in controls:
        hits = [(p, f) for p, f in spaces.findings if spaces.stands_at(p, f, place)]
        silent += not hits
        for prefix, finding in hits:
            print("control %s (%s)\n  %s" % (name, why, show_finding(finding, prefix)))
    show_further([(p, f) for p, f in spaces.findings if f["severity"] != "info" and (p, f["fingerprint"]) not in known])
    print()
    found, n = show_totals(items, found_of)
    print("errors+warnings automatic: %d of %d found; controls silent: %d of %d" % (found, n, silent, len(controls)))


# ---- what there is ----

def measure(binary, corpus):
    """False when there is no truth about this folder."""
    beside = corpus.rstrip("/")
    any_truth = False
    for ending, measure_one in ((".decisions.json", measure_decisions), (".drift.json", measure_drift)):
        if os.path.isfile(beside + ending):
            print("== %s%s" % (os.path.basename(beside), ending))
            with open(beside + ending, encoding="utf-8") as truth:
                measure_one(binary, corpus, json.load(truth))
            any_truth = True
    parent, name = os.path.split(beside)
    if os.path.isfile(os.path.join(beside, "contradictions.md")):
        print("== %s/contradictions.md" % name)
        measure_contradictions(binary, beside)
        any_truth = True
    elif os.path.isfile(os.path.join(parent, "contradictions.md")):
        print("== %s in contradictions.md" % name)
        measure_contradictions(binary, parent, name)
        any_truth = True
    return any_truth


def main():
    if len(sys.argv) != 3 or not os.path.isdir(sys.argv[2]):
        sys.exit(__doc__.split("\n\n")[1])
    binary, corpus = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    if measure(binary, corpus):
        return
    inside = [os.path.join(corpus, name) for name in sorted(os.listdir(corpus))]
    inside = [path for path in inside if os.path.isdir(path)]
    if not any([measure(binary, folder) for folder in inside]):
        sys.exit("%s: no truth beside it or in it" % sys.argv[2])


if __name__ == "__main__":
    main()
