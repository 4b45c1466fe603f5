"""One headless Chromium, spoken to in its DevTools protocol over two pipes: no driver and no network.

    JSON and a zero byte each way; {"id", "method", "params", "sessionId"} is answered by {"id", "result" or "error"}
"""

import json
import os
import select
import shutil
import time
from base64 import b64decode
from fcntl import F_DUPFD_CLOEXEC, fcntl
from pathlib import Path
from signal import SIGTERM

import numpy as np

from dreamgen.io import images

FLAGS = ["--headless", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
         "--hide-scrollbars", "--window-size=1100,1000", "--remote-debugging-pipe"]
PATIENCE = 240.0                # seconds, of a busy machine


def installed() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Browser:
    """A browser with one page; ``close`` ends it."""

    def __init__(self, path: str, profile: Path, flags: tuple[str, ...] = ()):
        ends = os.pipe(), os.pipe()
        (theirs_in, self.out), (self.back, theirs_out) = ([fcntl(end, F_DUPFD_CLOEXEC, 10) for end in pair] for pair in ends)
        actions = [(os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0), (os.POSIX_SPAWN_DUP2, theirs_in, 3),
                   (os.POSIX_SPAWN_DUP2, theirs_out, 4)]            # where it looks for them
        self.process = os.posix_spawn(path, [path, *FLAGS, *flags, f"--user-data-dir={profile}", "about:blank"], os.environ,
                                      file_actions=actions)
        for end in (*ends[0], *ends[1], theirs_in, theirs_out):
            os.close(end)
        self.count, self.rest, self.session, self.said = 0, b"", None, []
        page = next(one for one in self.call("Target.getTargets")["targetInfos"] if one["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params) -> dict:
        """The result of a command; what the page says on its console meanwhile goes to ``said``."""
        self.count += 1
        message = {"id": self.count, "method": method, "params": params} | ({"sessionId": self.session} if self.session else {})
        os.write(self.out, json.dumps(message).encode() + b"\0")
        until = time.monotonic() + PATIENCE
        while True:
            answer = self.message(until)
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            if answer.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled"):
                self.said.append(json.dumps(answer["params"])[:400])

    def message(self, until: float) -> dict:
        while b"\0" not in self.rest:
            if not select.select([self.back], [], [], max(until - time.monotonic(), 0))[0]:
                raise TimeoutError(f"the browser has not answered for {PATIENCE:.0f} s")
            self.rest += os.read(self.back, 1 << 20)
        data, _, self.rest = self.rest.partition(b"\0")
        return json.loads(data)

    def open(self, url: str, drawn: str) -> None:
        """Load a page and wait until the element of that id is ``drawn``."""
        self.said.clear()
        self.call("Page.navigate", url=url)
        self.wait(f"document.readyState === 'complete' && document.getElementById('{drawn}')?.dataset.state === 'drawn'")

    def evaluate(self, expression: str):
        """The value of an expression, of a promise what it comes to."""
        done = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True, userGesture=True)
        if "exceptionDetails" in done:
            raise RuntimeError(json.dumps(done["exceptionDetails"])[:600])
        return done["result"].get("value")

    def wait(self, expression: str) -> None:
        until = time.monotonic() + PATIENCE
        while not self.evaluate(f"Boolean({expression})"):
            if time.monotonic() > until:
                raise TimeoutError(f"{expression}: not after {PATIENCE:.0f} s; the page says {self.said}")
            time.sleep(0.1)

    def picture(self, element: str) -> np.ndarray:
        """[H, W, 3] uint8 of what is to be seen of the element of that id, once two more frames have been drawn."""
        self.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))")
        x, y, width, height = self.evaluate(f"(({{x, y, width, height}}) => [x + scrollX, y + scrollY, width, height])"
                                            f"(document.getElementById('{element}').getBoundingClientRect())")
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True,
                         clip={"x": x, "y": y, "width": width, "height": height, "scale": 1})
        return images.decode(b64decode(shot["data"]))

    def close(self) -> None:
        os.kill(self.process, SIGTERM)
        os.waitpid(self.process, 0)
        os.close(self.out)
        os.close(self.back)
