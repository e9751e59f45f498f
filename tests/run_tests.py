#!/usr/bin/env python3
"""Runs the tests of one build: unit tests, fixtures, and the scripts of cli/, sites/ and browser/. Usage: run_tests.py BUILD"""
import glob
import os
import subprocess
import sys

import run_fixtures

HERE = os.path.dirname(os.path.abspath(__file__))


def run_unit(build):
    for source in sorted(glob.glob(HERE + "/unit/*.c")):
        name = os.path.splitext(os.path.basename(source))[0]
        binary = os.path.join(build, "unit", name)
        result = subprocess.run([binary], stdin=subprocess.DEVNULL, capture_output=True, timeout=600)
        output = (result.stdout + result.stderr).decode(errors="replace")
        yield "unit/" + name, None if result.returncode == 0 else output[-4000:]


def run_txtar(build):
    lintel = os.path.abspath(os.path.join(build, "lintel"))
    for path in sorted(glob.glob(HERE + "/rules/*.txtar") + glob.glob(HERE + "/dialects/*.txtar") + glob.glob(HERE + "/formats/*.txtar") +
                       glob.glob(HERE + "/facts/*.txtar") + glob.glob(HERE + "/sources/*.txtar")):
        yield os.path.relpath(path, HERE), run_fixtures.run(lintel, path)


def run_scripts(build):
    environment = dict(os.environ, LINTEL=os.path.abspath(os.path.join(build, "lintel")), ROOT=os.path.dirname(HERE), LC_ALL="C.UTF-8")
    for path in sorted(glob.glob(HERE + "/cli/*.sh") + glob.glob(HERE + "/cli/*.py") + glob.glob(HERE + "/sites/*.py") +
                       glob.glob(HERE + "/browser/*.py")):
        shell = "bash" if path.endswith(".sh") else sys.executable
        result = subprocess.run([shell, path], env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=900)
        output = (result.stdout + result.stderr).decode(errors="replace")
        yield os.path.relpath(path, HERE), None if result.returncode == 0 else output[-4000:]


def main():
    build, passed, failed = sys.argv[1], 0, 0
    for part in (run_unit, run_txtar, run_scripts):
        for name, trouble in part(build):
            if trouble is None:
                passed += 1
            else:
                failed += 1
                print("FAIL %s\n%s" % (name, trouble), flush=True)
    print("%d passed, %d failed" % (passed, failed))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
