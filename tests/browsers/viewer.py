"""Somebody who looks at the window of a browser that nothing else can drive: reads its picture and points at words."""

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from types import TracebackType

from tests.browsers.conftest import program

PATIENCE = 30
"""Seconds that a page may take, and the reading of it."""
ANSWERING = 2
"""Seconds after which a press has changed the page."""
SIZE = (1400, 4000)
"""Of the screen in pixels: tall enough for a whole page, so that nothing has to be scrolled to be read."""
PAGE = range(40, SIZE[1] - 40)
"""Without the bars of the window."""
ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}
"""Four times as fast to read with as many."""
MISREAD = str.maketrans("lI|oO", "11100")
"""What looks alike."""
NOISE = re.compile(r"[^\w€@]+")


@dataclass(frozen=True, slots=True)
class Word:
    left: int
    top: int
    width: int
    height: int
    text: str


class Viewer:
    """At NetSurf. Ends its programs and drops its files at the end of the ``with``."""

    def __init__(self, path: str, url: str) -> None:
        with ExitStack() as closing:
            home = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="echeance-")))
            self._environ = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"} | ONE_THREAD
            self._environ |= {"DISPLAY": f":{self._screen(closing)}"}
            self._start(closing, path, url)
            (window,) = self._point("search", "--sync", "--onlyvisible", "--class", Path(path).name).split()[-1:]
            self._point("windowmove", window, "0", "0", "windowsize", window, *map(str, SIZE))
            self._closing = closing.pop_all()

    def __enter__(self) -> "Viewer":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closing.close()

    def sees(self, *texts: str) -> None:
        end = time.monotonic() + PATIENCE
        while missing := [text for text in texts if _alike(text) not in _text(self._read())]:
            assert time.monotonic() < end, f"{missing} not in:\n" + "\n".join(self.lines)

    def press(self, label: str) -> None:
        """The link or button with that label: of the places where it stands, the first one that answers."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            before = self._read()
            for word, *_ in _places(before, label):
                self._click(word.left + word.width // 2, word.top + word.height // 2)
                time.sleep(ANSWERING)
                if _text(self._read()) != _text(before):
                    return
        raise AssertionError(f"no {label}:\n" + "\n".join(self.lines))

    def fill(self, label: str, text: str) -> None:
        """The text field below that label."""
        word = self._place(label)[0]
        self._click(word.left + 30, word.top + 38)
        self._point("key", "ctrl+a")
        self._point("type", text)

    def choose(self, label: str) -> None:
        """The radio button or box before that label."""
        word = self._place(label)[0]
        self._click(word.left - 13, word.top + word.height // 2)

    @property
    def lines(self) -> list[str]:
        return [" ".join(word.text for word in line) for line in self._read()]

    def _place(self, label: str) -> list[Word]:
        end = time.monotonic() + PATIENCE
        while not (found := next(_places(self._read(), label), None)):
            assert time.monotonic() < end, f"no {label}:\n" + "\n".join(self.lines)
        return found

    def _read(self) -> list[list[Word]]:
        """The words on the screen, by line."""
        words = ["-", "-", "--psm", "11", "tsv"]
        command = [program("tesseract"), *words]
        told = subprocess.run(command, env=self._environ, input=self._picture(), capture_output=True, check=True)
        lines: dict[tuple[str, ...], list[Word]] = {}
        for row in told.stdout.decode().splitlines()[1:]:
            *place, left, top, width, height, certainty, text = row.split("\t")
            if float(certainty) > 0 and text.strip() and int(top) in PAGE:
                lines.setdefault(tuple(place[:-1]), []).append(Word(int(left), int(top), int(width), int(height), text))
        return list(lines.values())

    def _picture(self) -> bytes:
        words = [program("import"), "-window", "root", "png:-"]
        return subprocess.run(words, env=self._environ, capture_output=True, check=True).stdout

    def _click(self, x: int, y: int) -> None:
        self._point("mousemove", str(x), str(y), "click", "1")

    def _point(self, *words: str) -> str:
        return subprocess.run(
            [program("xdotool"), *words], env=self._environ, capture_output=True, check=True, text=True
        ).stdout

    def _screen(self, closing: ExitStack) -> str:
        """The number of a screen that nobody sees."""
        words = [program("Xvfb"), "-displayfd", "1", "-screen", "0", "{}x{}x24".format(*SIZE)]
        screen = closing.enter_context(
            subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        )
        closing.callback(screen.terminate)
        assert screen.stdout
        return screen.stdout.readline().strip()

    def _start(self, closing: ExitStack, *words: str) -> None:
        browser = closing.enter_context(
            subprocess.Popen(words, env=self._environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )
        closing.callback(browser.terminate)


def _places(lines: list[list[Word]], label: str) -> Iterator[list[Word]]:
    """The words of each place where a label begins on one line."""
    wanted = _alike(label)
    for line in lines:
        for start, end in combinations(range(len(line) + 1), 2):
            if _text([line[start:end]]).startswith(wanted) and not _text([line[start : end - 1]]).startswith(wanted):
                yield line[start:end]


def _text(lines: list[list[Word]]) -> str:
    return _alike("".join(word.text for line in lines for word in line))


def _alike(text: str) -> str:
    """What two texts have in common that look alike."""
    return NOISE.sub("", text).translate(MISREAD).casefold()
