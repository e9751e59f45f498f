#!/usr/bin/env python3
"""lintel import: the topology.yaml it makes, what it adds to one that is there and leaves as it was, and that it comes to rest."""
import os
import subprocess
import sys
import tempfile

import yaml

LINTEL = os.environ["LINTEL"]
failures = []

TALCONFIG = """clusterName: lab
talosVersion: v1.9.5
endpoint: https://10.10.0.20:6443
clusterPodNets: [10.42.0.0/16]
nodes:
  - hostname: storm
    ipAddress: 10.10.0.25
    controlPlane: true
    networkInterfaces:
      - interface: eth0
        addresses: [10.10.0.25/24]
        mtu: 9000
        vip: {ip: 10.10.0.20}
        routes: [{network: 0.0.0.0/0, gateway: 10.10.0.1}]
  - {hostname: khelben, ipAddress: 10.10.0.32, controlPlane: false}
"""
SERVICES = """apiVersion: v1
kind: Service
metadata: {name: web, namespace: blog}
spec: {type: LoadBalancer, loadBalancerIP: 10.10.0.90, ports: [{port: 443}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {type: LoadBalancer, loadBalancerIP: 10.10.0.91, ports: [{port: 443}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: unnamed}
spec: {template: {spec: {containers: [{image: "unnamed:1.2.3"}]}}}
"""

MADE = """estate: the-lab-mine
title: "The lab: \\"mine\\""

networks:
  pods: {cidr: 10.42.0.0/16, kind: pod}
  10.10.0.0/24: {cidr: 10.10.0.0/24, gateway: 10.10.0.1, mtu: 9000}

clusters:
  lab:
    platform: Talos Linux
    versions: {talos: v1.9.5}
    networks: [pods, 10.10.0.0/24]
    vips: {api: 10.10.0.20}
    nodes:
      storm: {role: control-plane, address: 10.10.0.25}
      khelben: {role: worker, address: 10.10.0.32}

services:
  web: {address: 10.10.0.90, ports: 443, runs_on: lab}
  shop/web: {address: 10.10.0.91, ports: 443, runs_on: lab}
"""

# A topology that is there, and what it becomes.
CASES = {
    "blocks keep their comments and order": (
        """estate: lab   # ours
clusters:
  lab:
    nodes:
      khelben:
        address: 10.10.0.32   # by the door
        # a comment that belongs to khelben
      # the last word

# networks below
networks:
  lan:
    cidr: 10.10.0.0/24
    # on the switch
services: {}
""",
        """estate: lab   # ours
clusters:
  lab:
    nodes:
      khelben:
        address: 10.10.0.32   # by the door
        # a comment that belongs to khelben
        role: worker
      # the last word
      storm: {role: control-plane, address: 10.10.0.25}
    platform: Talos Linux
    versions: {talos: v1.9.5}
    networks: [pods, lan]
    vips: {api: 10.10.0.20}

# networks below
networks:
  lan:
    cidr: 10.10.0.0/24
    # on the switch
    gateway: 10.10.0.1
    mtu: 9000
  pods: {cidr: 10.42.0.0/16, kind: pod}
services: {web: {address: 10.10.0.90, ports: 443, runs_on: lab}, shop/web: {address: 10.10.0.91, ports: 443, runs_on: lab}}
"""),
    "flow, quotes and lists": (
        """{estate: lab, "clusters": [{id: lab, nodes: [storm, {id: "khelben", "role": "worker",}]}],
networks: {lan: {cidr: "10.10.0.0/24", gateway: [10.10.0.1], mtu: '9000'}, pods: {cidr: 10.42.0.0/16}}, services: [web, {name: shop/web}] }""",
        """{estate: lab, "clusters": [{id: lab, nodes: [storm, {id: "khelben", "role": "worker", address: 10.10.0.32,}], platform: Talos Linux, versions: {talos: v1.9.5}, networks: [pods, lan], vips: {api: 10.10.0.20}}],
networks: {lan: {cidr: "10.10.0.0/24", gateway: [10.10.0.1], mtu: '9000'}, pods: {cidr: 10.42.0.0/16}}, services: [web, {name: shop/web, address: 10.10.0.91, ports: 443, runs_on: lab}] }"""),
    "no line end, an empty section, what a person left empty": (
        "estate: lab\nservices:\nnetworks:\n  lan: {cidr: 10.10.0.0/24, gateway: 10.10.0.1, mtu: 9000}\nclusters:\n  - id: lab\n    nodes:\n      - storm\n      - id: khelben\n        role: worker",
        "estate: lab\nservices:\n  web: {address: 10.10.0.90, ports: 443, runs_on: lab}\n"
        "  shop/web: {address: 10.10.0.91, ports: 443, runs_on: lab}\nnetworks:\n  lan: {cidr: 10.10.0.0/24, gateway: 10.10.0.1, mtu: 9000}\n"
        "  pods: {cidr: 10.42.0.0/16, kind: pod}\nclusters:\n  - id: lab\n    nodes:\n      - storm\n      - id: khelben\n        role: worker\n"
        "        address: 10.10.0.32\n    platform: Talos Linux\n    versions: {talos: v1.9.5}\n    networks: [pods, lan]\n    vips: {api: 10.10.0.20}"),
    "anchors share, and are left alone": (
        """estate: lab
x-base: &base {role: worker}
clusters:
  lab:
    platform: Talos
    versions: &versions {kubernetes: v1.32.0}
    nodes:
      storm: *base
      khelben: {<<: *base}
""",
        """estate: lab
x-base: &base {role: worker}
clusters:
  lab:
    platform: Talos
    versions: &versions {kubernetes: v1.32.0}
    nodes:
      storm: *base
      khelben: {address: 10.10.0.32, <<: *base}
    networks: [pods, 10.10.0.0/24]
    vips: {api: 10.10.0.20}
networks:
  pods: {cidr: 10.42.0.0/16, kind: pod}
  10.10.0.0/24: {cidr: 10.10.0.0/24, gateway: 10.10.0.1, mtu: 9000}
services:
  web: {address: 10.10.0.90, ports: 443, runs_on: lab}
  shop/web: {address: 10.10.0.91, ports: 443, runs_on: lab}
"""),
}
CASES["other line ends"] = tuple(text.replace("\n", "\r\n") for text in CASES["blocks keep their comments and order"])


def fail(name, text):
    failures.append(name)
    print("%s: %s" % (name, text))


def run(root, *args):
    done = subprocess.run([LINTEL, *args], cwd=root, stdin=subprocess.DEVNULL, capture_output=True)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def write(root, path, text):
    os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
    with open(os.path.join(root, path), "w", newline="") as f:
        f.write(text)


def read(root):
    with open(os.path.join(root, "topology.yaml"), newline="") as f:
        return f.read()


def comes_to_rest(name, root):
    text = read(root)
    yaml.safe_load(text)
    status, out, err = run(root, "import")
    if status or not out.endswith("nothing to add\n") or read(root) != text:
        fail(name, "the second run: %d %s%s" % (status, out, err))
    out = run(root, "check", "--format", "gcc")[1]
    for line in out.split("\n"):
        if line.startswith("topology.yaml") and "source-disagreement" not in line:
            fail(name, "a finding: " + line)


def workspace(root):
    write(root, "README.md", '# The lab: "mine"\n\nstorm and khelben serve the nas, the web and the shop/web.\n')
    write(root, "talos/talconfig.yaml", TALCONFIG)
    write(root, "apps/services.yaml", SERVICES)


def check_new():
    with tempfile.TemporaryDirectory() as root:
        workspace(root)
        diff = run(root, "import", "--stdout")[1]
        if os.path.exists(os.path.join(root, "topology.yaml")) or "+++ b/topology.yaml" not in diff:
            fail("new", "--stdout: " + diff)
        out = run(root, "import")[1]
        for wanted in ("  clusters.lab (talos/talconfig.yaml)\n", "left out: 1 service that no document names"):
            if wanted not in out:
                fail("new", "not said: %s in %s" % (wanted, out))
        text = read(root)
        if text.split("\n", 1)[0].split("=")[0] != "# yaml-language-server: $schema":
            fail("new", "no schema line: " + text)
        if "\n".join(line for line in text.split("\n") if not line.startswith("#")) != MADE:
            fail("new", text)
        comes_to_rest("new", root)


def check_homeless():
    """With a network for hosts declared, an address outside of it is no entry to add."""
    with tempfile.TemporaryDirectory() as root:
        workspace(root)
        before = "estate: lab\nnetworks:\n  other: {cidr: 192.168.7.0/24, gateway: 192.168.7.1}\ndevices:\n  nas: {address: 192.168.7.9}\n"
        write(root, "topology.yaml", before)
        write(root, "talos/talconfig.yaml", "clusterName: lab\nnodes: [{hostname: storm, ipAddress: 10.10.0.25}]\n")
        out = run(root, "import")[1]
        if "left out: storm's address 10.10.0.25: in no network of lab\n" not in out or "10.10.0.25" in read(root):
            fail("homeless", out + read(root))
        comes_to_rest("homeless", root)


def main():
    check_new()
    check_homeless()
    for name, (before, after) in CASES.items():
        with tempfile.TemporaryDirectory() as root:
            workspace(root)
            write(root, "topology.yaml", before)
            status, out, err = run(root, "import")
            if status or read(root) != after:
                fail(name, "%d %s\n%s" % (status, err, read(root)))
            comes_to_rest(name, root)
    with tempfile.TemporaryDirectory() as root:
        write(root, "topology.yaml", "estate: lab\nclusters: [\n")
        workspace(root)
        if run(root, "import")[0] != 2 or read(root) != "estate: lab\nclusters: [\n":
            fail("broken", "a broken topology is not refused")
        if run(root, "import", "nowhere")[0] != 2:
            fail("unknown estate", "it is taken")
    sys.exit(1 if failures else 0)


main()
