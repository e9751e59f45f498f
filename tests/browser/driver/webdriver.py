"""A browser in a few lines: Chromium through chromedriver, by the protocol of WebDriver."""
import base64
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request

KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "Tab": "\ue004", "Shift": "\ue008", "Control": "\ue009", "Home": "\ue011", "End": "\ue010",
        "ArrowUp": "\ue013", "ArrowDown": "\ue015", "Backspace": "\ue003"}
ARGUMENTS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-sync",
             "--disable-background-networking", "--disable-component-update"]


def missing():
    """Ends the test where there is no browser: as a failure where everything must be there."""
    if shutil.which("chromium") and shutil.which("chromedriver"):
        return
    print("no chromium or no chromedriver here: run make setup-tests")
    sys.exit(1 if os.environ.get("LINTEL_WHOLE") else 0)


class Browser:
    def __init__(self, width=1280, height=900, dark=False, script=True):
        self.home = tempfile.mkdtemp()
        self.server = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        port = None
        for line in self.server.stdout:
            port = re.search(r"started successfully on port (\d+)", line)
            if port:
                break
        self.base = "http://127.0.0.1:%s/session" % port.group(1)
        arguments = ARGUMENTS + ["--window-size=%d,%d" % (width, height), "--user-data-dir=" + self.home]
        arguments += ["--force-dark-mode", "--blink-settings=preferredColorScheme=0"] if dark else ["--blink-settings=preferredColorScheme=1"]
        if not script:
            arguments.append("--blink-settings=scriptEnabled=false")
        options = {"binary": shutil.which("chromium"), "args": arguments}
        wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        self.base += "/" + self.call("", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.call("", method="DELETE")
        self.server.terminate()
        self.server.wait()
        self.server.stdout.close()
        shutil.rmtree(self.home, ignore_errors=True)

    def call(self, path, data=None, method=None):
        body = json.dumps(data).encode() if data is not None else None
        request = urllib.request.Request(self.base + path, body, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)["value"]["message"][:500]) from None

    def open(self, url):
        self.call("/url", {"url": url})

    def run(self, script, *arguments):
        return self.call("/execute/sync", {"script": script, "args": list(arguments)})

    def wait(self, script, *arguments):
        """Runs a script that calls its last argument when it is done."""
        return self.call("/execute/async", {"script": script, "args": list(arguments)})

    def until(self, condition, *arguments):
        """Waits until the expression is true; gives the milliseconds that took."""
        return self.wait("var done = arguments[arguments.length - 1], args = arguments, start = performance.now(); (function look() { "
                         "if (%s) done(performance.now() - start); else if (performance.now() - start > 20000) done(null); "
                         "else setTimeout(look, 5); })();" % condition.replace("arguments[", "args["), *arguments)

    def press(self, *keys):
        """Keys after each other: "a", "Enter", "Control+k"."""
        actions = []
        for key in keys:
            held = key.split("+") if len(key) > 1 else [key]
            codes = [KEYS.get(k, k) for k in held]
            actions += [{"type": "keyDown", "value": c} for c in codes] + [{"type": "keyUp", "value": c} for c in reversed(codes)]
        self.call("/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def type(self, text):
        self.press(*text)

    def console(self):
        """What the browser complained of since the last time."""
        return [entry["message"] for entry in self.call("/se/log", {"type": "browser"})]

    def screenshot(self, path):
        with open(path, "wb") as f:
            f.write(base64.b64decode(self.call("/screenshot")))
