"""A headless Chromium, spoken to over its debugging pipe with the standard library alone.

The pages under test allow no script; what is evaluated here comes through the debugger, which no policy binds.
"""

import base64
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
ROOT = Path(__file__).resolve().parents[2]


def executable():
    """The path of a Chromium, None where there is none."""
    given = os.environ.get("GRADER_CHROMIUM")
    return given or next(filter(None, map(shutil.which, NAMES)), None)


def axe():
    """The path of axe-core, None where there is none: `npm install axe-core`, or GRADER_AXE names the file."""
    places = [os.environ.get("GRADER_AXE", ""), ROOT / "node_modules" / "axe-core" / "axe.min.js"]
    return next((Path(place) for place in places if place and Path(place).is_file()), None)


class Browser:
    """One page at a time. `messages` holds what its console, its policy and its exceptions said."""

    def __init__(self):
        self._profile = tempfile.mkdtemp(prefix="grader-browser-")
        read, self._out = os.pipe()
        self._in, write = os.pipe()
        command = [
            executable(), "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu",
            "--no-first-run", "--disable-extensions", "--disable-background-networking", "--hide-scrollbars",
            f"--user-data-dir={self._profile}", "about:blank",
        ]  # fmt: skip

        def place():  # the pipe's ends are 3 and 4 by convention; not yet taken ones, so neither overwrites the other
            high = [os.dup2(read, 23), os.dup2(write, 24)]
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        self._process = subprocess.Popen(
            command, preexec_fn=place, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(read)
        os.close(write)
        self._buffer, self._number, self._session, self.messages = b"", 0, None, []
        self._attach()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._process.kill()
        self._process.wait()
        os.close(self._in)
        os.close(self._out)
        shutil.rmtree(self._profile, ignore_errors=True)

    def _attach(self):
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def send(self, method, **params):
        """Send a command, and return its result; what happens meanwhile is noted."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            heard = self._receive()
            if heard.get("id") == self._number:
                if "error" in heard:
                    raise RuntimeError(f"{method}: {heard['error']['message']}")
                return heard["result"]
            self._note(heard)

    def _receive(self):
        while b"\0" not in self._buffer:
            part = os.read(self._in, 1 << 16)
            if not part:
                raise RuntimeError("the browser has ended")
            self._buffer += part
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)

    def _note(self, heard):
        method, params = heard.get("method"), heard.get("params", {})
        if method == "Log.entryAdded":
            self.messages.append(params["entry"]["text"])
        elif method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
            self.messages.append(json.dumps(params)[:500])
        elif method == "Network.requestWillBeSent" and not params["request"]["url"].startswith("file:"):
            self.messages.append(f"asked for {params['request']['url']}")
        elif method == "Page.javascriptDialogOpening":
            self.messages.append(f"dialog: {params['message']}")
            self._dismissed()

    def _dismissed(self):
        os.write(self._out, json.dumps({
            "id": 0, "method": "Page.handleJavaScriptDialog", "params": {"accept": False}, "sessionId": self._session,
        }).encode() + b"\0")  # fmt: skip

    def open(self, path, width=1280, height=900, dark=False, media=""):
        """Load a file at a size and a colour scheme, and wait until it is laid out."""
        self.messages = []
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.send("Emulation.setEmulatedMedia", media=media, features=[scheme])
        self.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        self.send("Page.navigate", url=Path(path).resolve().as_uri())
        while self.run("document.readyState + location.protocol") != "completefile:":
            pass

    def run(self, script):
        """Evaluate an expression, waiting for what it promises."""
        found = self.send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in found:
            raise RuntimeError(json.dumps(found["exceptionDetails"])[:1000])
        return found["result"].get("value")

    def picture(self, path):
        """Save a picture of the whole page."""
        taken = self.send("Page.captureScreenshot", captureBeyondViewport=True)
        Path(path).write_bytes(base64.b64decode(taken["data"]))
