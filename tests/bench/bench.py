#!/usr/bin/env python3
"""Times lintel against the bare loop (limit.c) in turn on generated workspaces and prints medians, ratios and peak memory.

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


def measure(build, n, root):
    lintel, limit = os.path.join(build, "lintel"), os.path.join(build, "limit")
    workspace, out, site = root + "/w%d" % n, root + "/out", root + "/site"
    defects = int(subprocess.check_output([sys.executable, HERE + "/generate.py", workspace, str(n)]))
    names = sorted(os.path.join(d, f) for d, _, files in os.walk(workspace) for f in files if f.endswith(".md"))
    size = sum(map(os.path.getsize, names))
    with open(root + "/list", "w") as f:
        f.write("\n".join(names) + "\n")
    findings = subprocess.run([lintel, "check", "-C", workspace, "--format", "gcc", "--quiet"], capture_output=True, text=True).stdout
    found = findings.count("[fact-address]") + findings.count("[link-missing-file]")
    if found != defects:
        sys.exit("of %d defects %d were found" % (defects, found))
    run([lintel, "build", "-C", workspace, "-o", site, "--quiet", "--no-git"])
    written = [os.path.join(d, f) for d, _, files in os.walk(site) for f in files]
    sizes = sorted(map(os.path.getsize, written), reverse=True)
    with open(root + "/sizes", "w") as f:
        f.writelines("%d\n" % size for size in sizes)
    rows = {}
    commands = {
        "bare loop": [limit, "2", root + "/list", out, root + "/sizes"],
        "read and parse": [limit, "2", root + "/list"],
        "build": [lintel, "build", "-C", workspace, "-o", site, "--jobs", "2", "--quiet", "--no-git"],
        "check": [lintel, "check", "-C", workspace, "--jobs", "2", "--quiet", "--no-git"],
    }
    for _ in range(PAIRS):
        for name, command in commands.items():
            shutil.rmtree(out, ignore_errors=True)
            shutil.rmtree(site, ignore_errors=True)
            os.mkdir(out)
            cpu, wall, _, status = run(command)
            if status != (1 if command[0] == lintel else 0):
                sys.exit("%s ended with %d" % (name, status))
            rows.setdefault(name, []).append((cpu, wall))
            if name == "build" and sum(len(files) for _, _, files in os.walk(site)) != len(written):
                sys.exit("a build wrote another number of files")
    memory = {}
    for name, command in commands.items():
        shutil.rmtree(out, ignore_errors=True)
        shutil.rmtree(site, ignore_errors=True)
        os.mkdir(out)
        memory[name] = run(command, memory=True)[2]
    print("\n%d documents, %d markdown files, %.1f MB; %d of %d defects found; %d files written, %.1f MB"
          % (n, len(names), size / 1e6, found, defects, len(written), sum(sizes) / 1e6))
    print("| | CPU s | wall s | CPU ratio | wall ratio | peak MiB |\n|---|---|---|---|---|---|")
    medians = {}
    for name in commands:
        base = rows["read and parse" if name == "check" else "bare loop"]
        cpu, wall = (statistics.median(r[k] for r in rows[name]) for k in (0, 1))
        ratio_cpu, ratio_wall = (statistics.median(r[k] / b[k] for r, b in zip(rows[name], base)) for k in (0, 1))
        medians[name] = cpu
        print("| %s | %.2f | %.2f | %.2f | %.2f | %d |" % (name, cpu, wall, ratio_cpu, ratio_wall, memory[name] >> 10))
    shutil.rmtree(workspace)
    return medians


def main():
    build = sys.argv[1]
    sizes = [int(a) for a in sys.argv[2:]] or [100, 1000, 10000]
    root = tempfile.mkdtemp(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
    try:
        results = {n: measure(build, n, root) for n in sizes}
    finally:
        shutil.rmtree(root, ignore_errors=True)
    for a, b in zip(sizes, sizes[1:]):
        exponent = math.log(results[b]["build"] / results[a]["build"]) / math.log(b / a)
        print("\ngrowth of build CPU from %d to %d: exponent %.2f" % (a, b, exponent))


if __name__ == "__main__":
    main()
