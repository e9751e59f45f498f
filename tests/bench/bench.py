#!/usr/bin/env python3
"""Times lintel against the bare loop (limit.c) in turn on generated workspaces; prints medians, ratios and peak memory.

Usage: bench.py BUILD [N...]   (documents; default 100 1000 10000). Everything lies in a folder of memory (/dev/shm) when there is one.
"""
import math
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PAIRS = 5


def group_memory(pid, stop, peak):
    """Samples the sum of proportional set sizes of a process and its children, in KiB."""
    while not stop.is_set():
        total = 0
        for p in [pid] + children(pid):
            try:
                with open("/proc/%d/smaps_rollup" % p) as f:
                    total += next(int(line.split()[1]) for line in f if line.startswith("Pss:"))
            except (OSError, StopIteration):
                pass
        peak[0] = max(peak[0], total)
        time.sleep(0.02)


def children(pid):
    try:
        with open("/proc/%d/task/%d/children" % (pid, pid)) as f:
            return [int(p) for p in f.read().split()]
    except OSError:
        return []


def run(command, memory=False):
    """CPU seconds, wall seconds, peak KiB of all processes together, exit status."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak, stop = [0], threading.Event()
    if memory:
        watcher = threading.Thread(target=group_memory, args=(process.pid, stop, peak))
        watcher.start()
    status = process.wait()
    wall = time.monotonic() - start
    if memory:
        stop.set()
        watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall, peak[0], status


def files_below(folder, ending=""):
    return sorted(os.path.join(d, f) for d, _, files in os.walk(folder) for f in files if f.endswith(ending))


def write_lines(path, lines):
    with open(path, "w") as f:
        f.writelines("%s\n" % line for line in lines)


def commit_all(workspace):
    git = ["git", "-C", workspace, "-c", "user.name=bench", "-c", "user.email=bench@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "all"]):
        subprocess.check_call(git + command, stdout=subprocess.DEVNULL)


class Bench:
    """One size: the workspaces, and the commands that are timed in turn."""

    def __init__(self, build, n, root):
        self.lintel, self.limit, self.root, self.n = os.path.join(build, "lintel"), os.path.join(build, "limit"), root, n
        self.workspace, self.drawn, self.out, self.site = root + "/w", root + "/drawn", root + "/out", root + "/site"
        generate = [sys.executable, HERE + "/generate.py"]
        self.defects = int(subprocess.check_output(generate + [self.workspace, str(n)]))
        subprocess.check_output(generate + [self.drawn, str(n), "drawings"])
        commit_all(self.drawn)
        names = files_below(self.workspace, ".md")
        write_lines(root + "/list", names)
        write_lines(root + "/list-all", files_below(self.workspace))
        self.n_names, self.bytes = len(names), sum(map(os.path.getsize, names))
        self.find_defects()
        run(self.build_command())
        self.sizes = sorted(map(os.path.getsize, files_below(self.site)), reverse=True)
        write_lines(root + "/sizes", self.sizes)

    def find_defects(self):
        check = [self.lintel, "check", "-C", self.workspace, "--format", "gcc", "--quiet"]
        findings = subprocess.run(check, capture_output=True, text=True).stdout
        found = findings.count("[fact-address]") + findings.count("[link-missing-file]")
        if found != self.defects:
            sys.exit("of %d defects %d were found" % (self.defects, found))

    def build_command(self):
        return [self.lintel, "build", "-C", self.workspace, "-o", self.site, "--jobs", "2", "--quiet", "--no-git"]

    def commands(self):
        """Name, command, what it is compared with, whether the site of the build before stays."""
        everything = [self.lintel, "build", "-C", self.drawn, "-o", self.site, "--jobs", "2", "--quiet"]
        check = [self.lintel, "check", "-C", self.workspace, "--jobs", "2", "--quiet", "--no-git"]
        return [
            ("bare loop", [self.limit, "2", self.root + "/list", self.out, self.root + "/sizes"], "bare loop", False),
            ("read and parse", [self.limit, "2", self.root + "/list"], "read and parse", False),
            ("ask each file's size", [self.limit, "0", self.root + "/list-all"], "ask each file's size", False),
            ("check", check, "read and parse", False),
            ("build, git and drawings", everything, "bare loop", False),
            ("build", self.build_command(), "bare loop", False),
            ("build again, nothing changed", self.build_command(), "ask each file's size", True),
        ]

    def prepare(self, keeps_site):
        shutil.rmtree(self.out, ignore_errors=True)
        os.mkdir(self.out)
        if not keeps_site:
            shutil.rmtree(self.site, ignore_errors=True)

    def measure(self):
        rows = {}
        for _ in range(PAIRS):
            for name, command, _, keeps_site in self.commands():
                self.prepare(keeps_site)
                cpu, wall, _, status = run(command)
                if status != (1 if command[0] == self.lintel else 0):
                    sys.exit("%s ended with %d" % (name, status))
                if name == "build" and len(files_below(self.site)) != len(self.sizes):
                    sys.exit("a build wrote another number of files")
                rows.setdefault(name, []).append((cpu, wall))
        memory = {}
        for name, command, _, keeps_site in self.commands():
            self.prepare(keeps_site)
            memory[name] = run(command, memory=True)[2]
        return self.table(rows, memory)

    def table(self, rows, memory):
        print("\n## %d documents\n" % self.n)
        print("%d markdown files, %.1f MB; %d of %d defects found; %d files written, %.1f MB.\n"
              % (self.n_names, self.bytes / 1e6, self.defects, self.defects, len(self.sizes), sum(self.sizes) / 1e6))
        print("| | CPU s | wall s | compared with | CPU ratio | wall ratio | peak MiB |\n|---|---|---|---|---|---|---|")
        medians = {}
        for name, _, base, _ in self.commands():
            cpu, wall = (statistics.median(r[k] for r in rows[name]) for k in (0, 1))
            ratios = [statistics.median(r[k] / max(b[k], 1e-4) for r, b in zip(rows[name], rows[base])) for k in (0, 1)]
            medians[name] = cpu
            print("| %s | %.2f | %.2f | %s | %.2f | %.2f | %d |" % (name, cpu, wall, base, *ratios, memory[name] >> 10))
        return medians


def main():
    build = sys.argv[1]
    sizes = [int(a) for a in sys.argv[2:]] or [100, 1000, 10000]
    results = {}
    for n in sizes:
        root = tempfile.mkdtemp(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
        try:
            results[n] = Bench(build, n, root).measure()
        finally:
            shutil.rmtree(root, ignore_errors=True)
    if len(sizes) > 1:
        print("\n## Growth\n")
    for a, b in zip(sizes, sizes[1:]):
        exponent = math.log(results[b]["build"] / results[a]["build"]) / math.log(b / a)
        print("CPU of a build from %d to %d documents grows with the exponent %.2f." % (a, b, exponent))


if __name__ == "__main__":
    main()
