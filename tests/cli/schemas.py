#!/usr/bin/env python3
"""The JSON Schemas agree with the program: over every fixture and the worked example, a topology or configuration with an unknown key or a
wrong type fails its schema, and one with neither validates; the model that lintel prints validates."""
import glob
import json
import os
import subprocess
import sys
import tempfile

import jsonschema
import yaml

sys.path.insert(0, os.environ["ROOT"] + "/tests")
import run_fixtures  # noqa: E402

ROOT, LINTEL = os.environ["ROOT"], os.environ["LINTEL"]
SHAPE_RULES = {"topology.yaml": {"topology-unknown-key", "topology-wrong-type"}, "lintel.yaml": {"config-unknown-key"}}


class Loader(yaml.SafeLoader):
    """YAML 1.2 core types as lintel reads them: scalars that are not numbers stay words."""


Loader.yaml_implicit_resolvers = {
    k: [r for r in v if r[0] in ("tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")] for k, v in yaml.SafeLoader.yaml_implicit_resolvers.items()}


def schema(name):
    with open("%s/schema/%s.schema.json" % (ROOT, name)) as f:
        text = json.load(f)
    jsonschema.Draft7Validator.check_schema(text)
    return jsonschema.Draft7Validator(text)


def load(body):
    try:
        return yaml.load(body, Loader)
    except yaml.YAMLError:
        return None


def check_file(validators, name, body, findings, where):
    base = os.path.basename(name)
    if base not in SHAPE_RULES:
        return 0, None
    data = load(body)
    if not isinstance(data, dict) or (base == "topology.yaml" and "estate" not in data):
        return 0, None
    broken = any(f["rule"] in SHAPE_RULES[base] and f["file"] == name for f in findings)
    if any(f["rule"] == "topology-syntax" and f["file"] == name for f in findings):
        return 0, None
    errors = list(validators[base].iter_errors(data))
    if bool(errors) != broken:
        why = errors[0].message[:200] if errors else "no error"
        return 1, "%s %s: the schema says %s, lintel %s" % (where, name, why, "finds fault" if broken else "is content")
    return 1, None


def main():
    validators = {"topology.yaml": schema("topology"), "lintel.yaml": schema("config")}
    checked, troubles = 0, []
    for path in sorted(glob.glob(ROOT + "/tests/rules/*.txtar")):
        _, files = run_fixtures.read_txtar(path)
        with tempfile.TemporaryDirectory() as folder:
            run_fixtures.unpack(files[:-1], folder)
            result = subprocess.run([LINTEL, "check", "-C", folder, "--format", "json"], capture_output=True)
            if result.returncode > 1:
                continue
            findings = json.loads(result.stdout)["diagnostics"]
        for name, body in files[:-1]:
            n, trouble = check_file(validators, name, body, findings, os.path.basename(path))
            checked += n
            if trouble:
                troubles.append(trouble)
    for path in glob.glob(ROOT + "/content/*/topology.yaml") + [ROOT + "/lintel.yaml"]:
        with open(path, "rb") as f:
            n, trouble = check_file(validators, os.path.basename(path), f.read(), [], path)
        checked += n
        if trouble:
            troubles.append(trouble)
    model = json.loads(subprocess.check_output([LINTEL, "model", "-C", ROOT]))
    troubles += ["model: %s: %s" % (list(e.path)[:6], e.message[:200]) for e in list(schema("model").iter_errors(model))[:5]]
    print("%d files checked" % checked)
    if checked < 30:
        troubles.append("only %d files checked" % checked)
    print("\n".join(troubles))
    sys.exit(1 if troubles else 0)


if __name__ == "__main__":
    main()
