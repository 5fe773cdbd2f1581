"""Somebody who reads in edbrowse, line by line, without script: pages are text, links in braces, fields in angles."""

import re
import tempfile
import time
from pathlib import Path
from types import TracebackType

import pexpect

END = "that was all"
PATIENCE = 15
"""Seconds that a page may take."""


class Editor:
    """Ends its program and drops its files at the end of the ``with``."""

    def __init__(self, path: str, url: str) -> None:
        self._home = tempfile.TemporaryDirectory(prefix="echeance-")
        (Path(self._home.name) / ".ebrc").write_text(f"jar = {self._home.name}/jar\n")
        environ = {"HOME": self._home.name, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "dumb"}
        home = self._home.name
        self._program = pexpect.spawn(path, env=environ, encoding="utf-8", echo=False, timeout=PATIENCE, cwd=home)
        self._program.delaybeforesend = None
        self._say("js-")
        self._say(f"b {url}")

    def __enter__(self) -> "Editor":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._program.close(force=True)
        self._home.cleanup()

    def sees(self, *texts: str) -> None:
        end = time.monotonic() + PATIENCE
        while missing := [text for text in texts if text not in " ".join(self.lines)]:
            assert time.monotonic() < end, f"{missing} not in:\n" + "\n".join(self.lines)

    def press(self, label: str) -> None:
        """The first link or button that begins with that label."""
        number, line, at = self._found(rf"[{{<]{re.escape(label)}")
        mark = line[at]
        which = line[: at + 1].count(mark)
        self._say(str(number))
        said = self._say(f"g{which}" if mark == "{" else f"i{which}*")
        assert "?" not in said.split(), f"{label}: {said}"

    def fill(self, label: str, text: str) -> None:
        """The text field after that label."""
        number, line, at = self._found(re.escape(label))
        self._change(number, line, line.index("<", at), text)

    def choose(self, label: str) -> None:
        """The radio button or box before that label, which may be in the next cell."""
        number, line, at = self._found(rf"<[-+]>[ |{{]+{re.escape(label)}")
        self._change(number, line, at, "+")

    @property
    def lines(self) -> list[str]:
        return [" ".join(line.split()) for line in self._say(",p").splitlines()]

    def _found(self, pattern: str) -> tuple[int, str, int]:
        """The number of the line, the line, and where in it that is."""
        lines = self.lines
        for number, line in enumerate(lines, 1):
            if match := re.search(pattern, line):
                return number, line, match.start()
        raise AssertionError(f"no {pattern}:\n" + "\n".join(lines))

    def _change(self, number: int, line: str, at: int, text: str) -> None:
        self._say(str(number))
        self._say(f"i{line[: at + 1].count('<')}={text}")

    def _say(self, command: str) -> str:
        """The answer."""
        self._program.sendline(command)
        self._program.sendline(f"!echo {END}")
        self._program.expect_exact(f"{END}\r\nok\r\n")
        return str(self._program.before).replace("\r", "")
