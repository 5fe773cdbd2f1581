"""A full-screen program in a terminal that is not there: its screen as text, its keys as strings."""

import os
import time
from types import TracebackType
from typing import Any

import pexpect
import pyte

ENTER, TAB, REDRAW = "\r", "\t", "\x0c"
QUIET = 0.05
"""Seconds without output after which a screen counts as drawn."""


class Screen(pyte.Screen):
    """xterm's private sequences, which pyte takes for something else, change nothing."""

    def set_margins(self, *args: Any, **options: Any) -> None:
        if not options.get("private"):
            super().set_margins(*args)

    def report_device_status(self, mode: int, **options: Any) -> None:
        pass


class Terminal:
    """Tall enough for a whole page, so that nothing has to be scrolled to be read."""

    def __init__(self, command: list[str], home: str, columns: int = 130, lines: int = 250) -> None:
        environ = {name: os.environ[name] for name in ("PATH",)}
        environ |= {"TERM": "xterm", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "HOME": home}
        self.screen = Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self._program = pexpect.spawn(command[0], command[1:], dimensions=(lines, columns), env=environ, cwd=home)
        self._program.delaybeforesend = None

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._program.close(force=True)

    def send(self, keys: str, quiet: float = QUIET) -> None:
        """Press keys and let the screen settle."""
        self._program.send(keys)
        self._settle(0.5, quiet)

    def wait(self, text: str, seconds: float = 15) -> None:
        """Until the text is on the screen, however it is broken into lines. Raises AssertionError otherwise."""
        end = time.monotonic() + seconds
        while text not in " ".join(self.text.split()):
            assert time.monotonic() < end, f"“{text}” is not on the screen:\n{self.text}"
            self._settle(0.2)
            self.redraw()

    def redraw(self) -> None:
        """Have the whole screen drawn: what programs only move about on it, pyte may move elsewhere."""
        self.send(REDRAW)

    @property
    def text(self) -> str:
        """Everything on the screen, empty lines left out."""
        return "\n".join(filter(None, (self._row(number).rstrip() for number in range(self.screen.lines))))

    @property
    def line(self) -> str:
        """The line on which the cursor stands."""
        return self._row(self.screen.cursor.y)

    def _row(self, number: int) -> str:
        cells = self.screen.buffer[number]
        return _plain("".join(cells[column].data for column in range(self.screen.columns)))

    @property
    def column(self) -> int:
        return int(self.screen.cursor.x)

    def _settle(self, first: float, quiet: float = QUIET) -> None:
        """Read until nothing more comes: seconds to wait for the first byte, and for each one after it."""
        patience = first
        while True:
            try:
                self._stream.feed(self._program.read_nonblocking(65536, timeout=patience))
            except pexpect.TIMEOUT:
                return
            patience = quiet


def _plain(line: str) -> str:
    """With every kind of blank as a space."""
    return line.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
