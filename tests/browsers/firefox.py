"""Somebody at Firefox, driven through its own WebDriver BiDi (https://w3c.github.io/webdriver-bidi/)."""

import json
import subprocess
import tempfile
import time
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any

from websockets.sync.client import connect

from tests.browsers.reader import kept

PATIENCE = 20
"""Seconds that a page may take."""
VIEWPORT = {"width": 1280, "height": 3000}
"""In CSS pixels; tall enough for a whole page."""
PREFERENCES = """user_pref("intl.accept_languages", "en-GB");
user_pref("pdfjs.disabled", true);
user_pref("browser.download.folderList", 2);
user_pref("browser.download.dir", "{home}");
user_pref("browser.helperApps.neverAsk.saveToDisk", "application/pdf");
"""
FINDING = """(kind, label) => {
  if (document.readyState !== "complete" || document.querySelector(".htmx-request")) return null
  const words = node => (node.innerText || node.ariaLabel || "").replace(/\\s+/g, " ").trim()
  const within = document.querySelector("dialog[open]") ?? document
  return [...within.querySelectorAll(kind)].find(node => node.checkVisibility() && words(node).startsWith(label))
}"""
IN_SIGHT = """node => {
  const target = node.control ?? node.querySelector("td:first-child > input") ?? node
  target.scrollIntoView({block: "center", behavior: "instant"})
  return target
}"""
CONTROL, SELECT_ALL = "\ue009", "a"


class Refused(AssertionError):
    """It says that it cannot do that."""


class Firefox:
    """Ends its program and drops its files at the end of the ``with``."""

    def __init__(self, path: str, url: str) -> None:
        self._numbers = count(1)
        with ExitStack() as closing:
            home = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="echeance-")))
            (home / "user.js").write_text(PREFERENCES.replace("{home}", str(home)))
            words = [path, "--headless", "--no-remote", "--profile", str(home), "--remote-debugging-port", "0"]
            program = closing.enter_context(
                subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            )
            closing.callback(program.terminate)
            self._socket = closing.enter_context(connect(_address(home / "WebDriverBiDiServer.json"), max_size=None))
            self._say("session.new", capabilities={})
            self._context = self._say("browsingContext.getTree")["contexts"][0]["context"]
            self._say("browsingContext.setViewport", context=self._context, viewport=VIEWPORT)
            self._say("browsingContext.navigate", context=self._context, url=url, wait="complete")
            self._closing, self._home = closing.pop_all(), home

    def __enter__(self) -> "Firefox":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closing.close()

    def sees(self, *texts: str) -> None:
        end = time.monotonic() + PATIENCE
        while missing := [text for text in texts if text not in self.text]:
            assert time.monotonic() < end, f"{missing} not in:\n{self.text}"
            time.sleep(0.05)

    def press(self, label: str) -> None:
        """The first link or button that begins with that label."""
        self._click("a, button, summary", label)

    def keeps(self, name: str) -> bytes:
        """The file of that name, whose link was pressed."""
        return kept(self._home / name)

    def fill(self, label: str, text: str) -> None:
        """The text field after that label."""
        self._click("label", label)
        keys = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        everything = [("keyDown", CONTROL), ("keyDown", SELECT_ALL), ("keyUp", SELECT_ALL), ("keyUp", CONTROL)]
        self._act("key", [{"type": kind, "value": key} for kind, key in everything] + keys)

    def choose(self, label: str) -> None:
        """The radio button or box before that label, or of the row that begins with it."""
        self._click("label, tbody tr", label)

    @property
    def text(self) -> str:
        """What the page says, with every kind of blank as one space."""
        said = self._call("() => document.body?.innerText ?? ''")["value"]
        return " ".join(said.split())

    def _click(self, kind: str, label: str) -> None:
        """What is drawn anew between the look and the press is looked for again."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return self._click_at_once(kind, label)
            except Refused:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def _click_at_once(self, kind: str, label: str) -> None:
        found = self._call(FINDING, _string(kind), _string(label))
        if "sharedId" not in found:
            raise Refused(f"no {kind} {label}:\n{self.text}")
        target = {"sharedId": self._call(IN_SIGHT, {"sharedId": found["sharedId"]})["sharedId"]}
        there = {"type": "pointerMove", "x": 0, "y": 0, "origin": {"type": "element", "element": target}}
        button = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self._act("pointer", [there, *button])

    def _act(self, kind: str, actions: list[dict[str, Any]]) -> None:
        self._say(
            "input.performActions", context=self._context, actions=[{"type": kind, "id": kind, "actions": actions}]
        )

    def _call(self, function: str, *arguments: dict[str, str]) -> Any:
        """What a function of the page returns, as BiDi writes it; a page that is just being left returns nothing."""
        target = {"context": self._context, "sandbox": "reader"}
        said = self._say(
            "script.callFunction",
            functionDeclaration=function,
            arguments=arguments,
            target=target,
            awaitPromise=False,
        )
        return said["result"]

    def _say(self, method: str, **params: Any) -> Any:
        """The answer to one command, read past the events."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while (answer := json.loads(self._socket.recv(PATIENCE))).get("id") != number:
            pass
        if answer["type"] != "success":
            raise Refused(answer)
        return answer["result"]


def _address(told: Path) -> str:
    """Of the session that a Firefox offers, as it tells in its profile once it listens."""
    end = time.monotonic() + PATIENCE
    while not (told.exists() and told.read_text()):
        assert time.monotonic() < end, "Firefox does not listen"
        time.sleep(0.05)
    where = json.loads(told.read_text())
    return f"ws://{where['ws_host']}:{where['ws_port']}/session"


def _string(value: str) -> dict[str, str]:
    return {"type": "string", "value": value}
