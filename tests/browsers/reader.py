"""Somebody who reads in a terminal: goes from stop to stop until the cursor is on the right one."""

import re
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from tests.browsers.terminal import ENTER, QUIET, TAB, Terminal

DOWN, RIGHT, HOME, LEFT = "\x1b[B", "\x1b[C", "\x1b[H", "\x1b[D"
ELINKS = """
set cookies.accept_policy = 2
set document.browse.forms.confirm_submit = 0
set document.browse.forms.insert_mode = 0
set document.browse.forms.show_formhist = 0
"""
"""A press of a button is one, and letters that are typed in a field stand there."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How one goes about in a program."""

    options: tuple[str, ...] = ()
    following: str = TAB
    """The key that leads to the next stop."""
    top: str = HOME
    end: str = ""
    back: str = LEFT
    opens_fields: bool = False
    """Whether a field is typed into between two returns."""
    searches: bool = True
    """Whether its search leads to stops; otherwise every way begins at the top."""
    inset: int = 0
    """How far inside of a button the cursor stands."""
    quiet: float = QUIET
    """Seconds without output after which a step is drawn."""
    keeping: tuple[str, ...] = (ENTER, ENTER)
    """The keys that keep a file under its name, once one is asked."""
    greets: str = ""
    """What it says the first time, until one agrees."""


MANNERS = {
    "w3m": Manners(
        ("-cookie", "-o", "accept_cookie=1", "-o", "confirm_qq=0"),
        top="g",
        end="G",
        back="B",
        opens_fields=True,
        keeping=(ENTER,),
    ),
    "lynx": Manners(("-accept_all_cookies", "-nopause"), top="\x01", end="\x05", keeping=("d", TAB, ENTER, ENTER)),
    "links": Manners(
        ("-aggressive-cache", "0"), following=DOWN, searches=False, inset=2, quiet=0.01, greets="Welcome to links!"
    ),
    "elinks": Manners(
        ("-config-dir", "{home}"),
        following=DOWN,
        searches=False,
        inset=2,
        quiet=0.01,
        keeping=(RIGHT, ENTER, ENTER),
    ),
}
FARTHEST = 250
"""Stops on the longest page."""
UNHURRIED = 0.3
"""Seconds without output after which a step is drawn on a machine that is busy."""
PATIENCE = 15
"""Seconds that a file may take."""
ARRIVING = 0.6
"""Seconds without output after which a page counts as loaded."""
KIND = re.compile(r"^[ \[]*(\S?BUTTON[) ] *|\([\w-]+\) )?")
"""What Lynx writes before a button, whose bracket a redrawn line may lose, and before words of another language."""
ASCII = re.compile(r"[ -~]+")
BOX = re.compile(r"^[\[(][ X*][\])] *")


def kept(path: Path) -> bytes:
    """What is in the file, as soon as that is all of it. Raises AssertionError where it does not come."""
    end = time.monotonic() + PATIENCE
    while not (path.exists() and path.read_bytes().rstrip().endswith(b"%%EOF")):
        assert time.monotonic() < end, f"{path.name} is not kept"
        time.sleep(0.1)
    return path.read_bytes()


class Reader:
    """Ends its program and drops its files at the end of the ``with``."""

    def __init__(self, program: str, path: str, url: str) -> None:
        self.manners, self.is_lynx = MANNERS[program], program == "lynx"
        self._home = tempfile.TemporaryDirectory(prefix="echeance-")
        (Path(self._home.name) / "elinks.conf").write_text(ELINKS)
        options = [option.format(home=self._home.name) for option in self.manners.options]
        self.terminal = Terminal([path, *options, url], self._home.name)
        if self.manners.greets:
            self.terminal.wait(self.manners.greets)
            self.terminal.send(ENTER)

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.terminal.__exit__(kind, error, at)
        self._home.cleanup()

    @property
    def text(self) -> str:
        """What is on the screen, with every kind of blank as one space."""
        return " ".join(self.terminal.text.split())

    def sees(self, *texts: str) -> None:
        for text in texts:
            self.terminal.wait(text)

    def press(self, label: str, past: str = "") -> None:
        """The link or button with that label, looked for from here on, or from ``past`` on where a heading has it."""
        if past:
            self.terminal.redraw()
        self._look_for(past or label)
        if past:
            self.terminal.send(self.manners.following)
        self._walk(lambda: self._is_on(label), label)
        self.terminal.send(ENTER, quiet=ARRIVING)

    def fill(self, label: str, text: str) -> None:
        """The text field after that label."""
        self._walk(lambda: self._before.rstrip(" [").endswith(label), f"field {label}")
        self.terminal.send(f"{ENTER}{text}{ENTER}" if self.manners.opens_fields else f"{text}{self.manners.following}")

    def go_back(self) -> None:
        """To the page before, as it was."""
        self.terminal.send(self.manners.back, quiet=ARRIVING)

    def keeps(self, name: str) -> bytes:
        """The file of that name, whose link was pressed, kept where the program was started."""
        for key in self.manners.keeping:
            self.terminal.send(key, quiet=ARRIVING)
        return kept(Path(self._home.name) / name)

    def start_again(self) -> None:
        """At the first stop of the page."""
        self.terminal.send(self.manners.top)

    def go_to_the_end(self) -> None:
        """Of the page: w3m draws 200 lines of it at most, however tall the screen is."""
        self.terminal.send(self.manners.end)

    def choose(self, label: str) -> None:
        """The radio button or box before that label."""
        self._walk(lambda: BOX.sub("", self._at).startswith(label), f"choice {label}")
        self.terminal.send(ENTER)

    def tick_first_row(self) -> None:
        """The first box below the head of the table."""
        self._look_for("Disponibilité")
        self._walk(lambda: self._is_on("Prix"), "last head of the table")
        self.terminal.send(self.manners.following)
        self._walk(lambda: bool(BOX.match(self._at)), "box of a row")
        self.terminal.send(ENTER)

    def _look_for(self, text: str) -> None:
        """With the program's own search, which may end beside the stop but saves most of the way.

        Where it has none that is of use, what comes first on the page is found. Lynx takes the bytes of an accented
        letter for keys and its search stops at whole links: a part will do.
        """
        if not self.manners.searches:
            self.start_again()
            return
        part = max(ASCII.findall(text), key=len) if self.is_lynx else text
        if not self._is_on(text):
            self.terminal.send(f"/{part}{ENTER}")

    def _is_on(self, label: str) -> bool:
        button = self.terminal.line[max(0, self.terminal.column - self.manners.inset) :]
        return any(KIND.sub("", rest).startswith(label) for rest in (self._rest, button))

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
        """A stop that was drawn too late to be noticed is met in a second round, which takes its time."""
        for quiet in (self.manners.quiet, UNHURRIED):
            for _ in range(FARTHEST):
                if arrived():
                    return
                self.terminal.send(self.manners.following, quiet=quiet)
            self.start_again()
        raise AssertionError(f"no {what}:\n{self.terminal.text}")
