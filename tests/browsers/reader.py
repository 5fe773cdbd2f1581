"""Somebody who reads in w3m or Lynx: goes from stop to stop until the cursor is on the right one."""

import re
import tempfile
from collections.abc import Callable
from types import TracebackType

from tests.browsers.terminal import ENTER, TAB, Terminal

COMMANDS = {
    "w3m": ["-cookie", "-o", "accept_cookie=1", "-o", "confirm_qq=0"],
    "lynx": ["-accept_all_cookies", "-nopause"],
}
TOP = {True: "g", False: "\x01"}
"""The key that leads to the top in w3m, and in Lynx."""
FARTHEST = 250
"""Stops on the longest page."""
ARRIVING = 0.6
"""Seconds without output after which a page counts as loaded."""
KIND = re.compile(r"^[ \[]*(\S?BUTTON[) ] *|\([\w-]+\) )?")
"""What Lynx writes before a button, whose bracket a redrawn line may lose, and before words of another language."""
ASCII = re.compile(r"[ -~]+")
BOX = re.compile(r"^[\[(][ X*][\])] *")


class Reader:
    """Ends its program and drops its files at the end of the ``with``."""

    def __init__(self, program: str, path: str, url: str) -> None:
        self.is_w3m = path.endswith("w3m")
        self._home = tempfile.TemporaryDirectory(prefix="echeance-")
        self.terminal = Terminal([path, *COMMANDS[program], url], self._home.name)

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.terminal.__exit__(kind, error, at)
        self._home.cleanup()

    def sees(self, *texts: str) -> None:
        for text in texts:
            self.terminal.wait(text)

    def press(self, label: str, past: str = "") -> None:
        """The link or button with that label, looked for from here on, or from ``past`` on where a heading has it."""
        self._look_for(past or label)
        if past:
            self.terminal.send(TAB)
        self._walk(lambda: self._is_on(label), label)
        self.terminal.send(ENTER, quiet=ARRIVING)

    def fill(self, label: str, text: str) -> None:
        """The text field after that label."""
        self._walk(lambda: self._before.rstrip(" [").endswith(label), f"field {label}")
        self.terminal.send(f"{ENTER}{text}{ENTER}" if self.is_w3m else f"{text}{TAB}")

    def go_back(self) -> None:
        """To the page before, as it was."""
        self.terminal.send("B" if self.is_w3m else "\x1b[D", quiet=ARRIVING)

    def start_again(self) -> None:
        """At the first stop of the page."""
        self.terminal.send(TOP[self.is_w3m])

    def choose(self, label: str) -> None:
        """The radio button before that label."""
        self._walk(lambda: BOX.sub("", self._at).startswith(label), f"choice {label}")
        self.terminal.send(ENTER)

    def tick_first_row(self) -> None:
        """The first box below the head of the table."""
        self._look_for("Disponibilité")
        self._walk(lambda: self._is_on("Prix"), "last head of the table")
        self.terminal.send(TAB)
        self._walk(lambda: bool(BOX.match(self._at)), "box of a row")
        self.terminal.send(ENTER)

    def _look_for(self, text: str) -> None:
        """With the program's own search, which may end beside the stop but saves most of the way.

        Lynx takes the bytes of an accented letter for keys and its search stops at whole links: a part will do.
        """
        part = text if self.is_w3m else max(ASCII.findall(text), key=len)
        if not self._is_on(text):
            self.terminal.send(f"/{part}{ENTER}")

    def _is_on(self, label: str) -> bool:
        return KIND.sub("", self._rest).startswith(label)

    @property
    def _rest(self) -> str:
        return self.terminal.line[self.terminal.column :]

    @property
    def _before(self) -> str:
        return self.terminal.line[: self.terminal.column]

    @property
    def _at(self) -> str:
        """The line from the mark under the cursor on: Lynx stands on its bracket, w3m inside."""
        return self.terminal.line[max(0, self.terminal.column - 1) :].lstrip()

    def _walk(self, arrived: Callable[[], bool], what: str) -> None:
        for _ in range(FARTHEST):
            if arrived():
                return
            self.terminal.send(TAB)
        raise AssertionError(f"no {what}:\n{self.terminal.text}")
