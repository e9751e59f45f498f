#!/usr/bin/env python3
"""Runs txtar fixtures: unpacks each into a folder of its own, runs lintel there, compares what it prints.

Usage: run_fixtures.py LINTEL FIXTURE...

rules/RULE.txtar     `lintel check --format gcc`; the wanted lines are all errors and warnings, and the infos of RULE.
dialects/*.txtar     `lintel decisions`; the wanted lines are the whole output, parts separated by ` | ` or tabs.
formats/*.txtar, facts/*.txtar, sources/*.txtar
                     the output of the command that a line `# lintel ...` names.
A line `# lintel ...` in the comment above the first file gives another command. A line `# git 2026-03-01` commits
the whole tree on that day first. Files below @common/ are committed first, those below @main/ then on a branch main;
the others stand on a branch of their own that begins at the common commit.
"""
import os
import re
import shlex
import subprocess
import sys
import tempfile

MARK = re.compile(rb"^-- (.+) --\r?$")
FINDING = re.compile(r"^(.*?): (error|warning|info): .* \[([a-z-]+)\]$")


def read_txtar(path):
    comment, files, name = [], [], None
    with open(path, "rb") as f:
        for line in f.read().split(b"\n"):
            match = MARK.match(line)
            if match:
                name = match.group(1).decode()
                files.append([name, []])
            elif name is None:
                comment.append(line.decode())
            else:
                files[-1][1].append(line)
    return comment, [(n, b"\n".join(lines)) for n, lines in files]


def unpack(files, folder):
    for name, body in files:
        target = os.path.join(folder, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        link = re.match(rb"^symlink: (.*)\n?$", body)
        if link:
            os.symlink(link.group(1).decode(), target)
            continue
        # \xNN in a file whose name ends in .raw stands for a byte
        if name.endswith(".raw"):
            target = target[:-4]
            body = re.sub(rb"\\x([0-9a-f]{2})", lambda m: bytes([int(m.group(1), 16)]), body)
        with open(target, "wb") as f:
            f.write(body)


def git(folder, day, *commands):
    when = day + "T12:00:00+00:00"
    env = dict(os.environ, GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when, GIT_CONFIG_NOSYSTEM="1", HOME=folder)
    for arguments in commands:
        subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@example.net", *arguments], cwd=folder, env=env, check=True)


COMMIT = (["add", "-A"], ["commit", "-q", "-m", "all"])


def branches(folder, files):
    """Makes the branches that the names of files ask for; gives the files of the last one."""
    def below(name):
        return [(n[len(name):], body) for n, body in files if n.startswith(name)]
    if below("@common/"):
        git(folder, "2026-01-01", ["init", "-q", "-b", "main"])
        unpack(below("@common/"), folder)
        git(folder, "2026-01-01", *COMMIT, ["branch", "work"])
        if below("@main/"):
            unpack(below("@main/"), folder)
            git(folder, "2026-01-02", *COMMIT)
        git(folder, "2026-01-02", ["checkout", "-q", "work"])
    return [(n, body) for n, body in files if not n.startswith("@")]


def run(lintel, path):
    """Gives None when the fixture holds, else a text that says what differs."""
    comment, files = read_txtar(path)
    if not files or files[-1][0] != "want":
        return "the last part must be `-- want --`"
    wanted = [line for line in files[-1][1].decode().split("\n") if line.strip()]
    rule = os.path.splitext(os.path.basename(path))[0]
    is_rule = os.path.basename(os.path.dirname(os.path.abspath(path))) == "rules"
    command = ["check", "--format", "gcc"] if is_rule else ["decisions"]
    for line in comment:
        if line.startswith("# lintel "):
            command = shlex.split(line[len("# lintel "):])
    jobs = []
    with tempfile.TemporaryDirectory() as folder:
        unpack(branches(folder, files[:-1]), folder)
        for line in comment:
            if line.startswith("# git "):
                git(folder, line[len("# git "):].strip(), ["init", "-q"], *COMMIT)
        for n in ("1", "3"):
            result = subprocess.run([lintel, command[0], "--jobs", n, *command[1:]], cwd=folder, stdin=subprocess.DEVNULL,
                                    capture_output=True, timeout=120)
            if result.returncode not in (0, 1):
                return "exit status %d\n%s" % (result.returncode, result.stderr.decode(errors="replace"))
            jobs.append(result.stdout.decode(errors="replace"))
    if jobs[0] != jobs[1]:
        return "one job and three jobs print different things"
    got = [line for line in jobs[0].split("\n") if line.strip()]
    if is_rule and "gcc" in command:
        def counts(line):
            match = FINDING.match(line)
            return not match or match.group(2) != "info" or match.group(3) == rule
        got = [line for line in got if counts(line)]
        if not any("[%s]" % rule in line for line in wanted):
            return "wants no finding of its own rule"
    else:
        if command == ["decisions"]:
            wanted = [re.sub(r"\s+\|\s+", "\t", line) for line in wanted]
        got = [line.rstrip("\t") for line in got]
    if got == wanted:
        return None
    lines = ["- " + line for line in wanted if line not in got] + ["+ " + line for line in got if line not in wanted]
    return "\n".join(lines) or "same lines in another order"


def main():
    lintel, passed, failed = os.path.abspath(sys.argv[1]), 0, 0
    for path in sys.argv[2:]:
        try:
            trouble = run(lintel, path)
        except subprocess.TimeoutExpired:
            trouble = "took longer than 120 s"
        if trouble is None:
            passed += 1
        else:
            failed += 1
            print("FAIL %s\n%s" % (path, trouble))
    print("%d passed, %d failed" % (passed, failed))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
