"""How somebody wants the files that they take away."""

from dataclasses import dataclass
from typing import Self

from .labels import N_, Labelled


class Separator(Labelled):
    """Of the columns; where it is a semicolon, decimals are written with a comma, as the same programs expect."""

    SEMICOLON = "semicolon", N_("Semicolon (Excel where decimals have a comma)")
    COMMA = "comma", N_("Comma (programs, Excel where decimals have a point)")

    @property
    def character(self) -> str:
        return ";" if self is Separator.SEMICOLON else ","

    @property
    def decimal(self) -> str:
        return "," if self is Separator.SEMICOLON else "."


class Headings(Labelled):
    LABELS = "labels", N_("In my language")
    NAMES = "names", N_("Names for programs, values as in addresses")


@dataclass(frozen=True, slots=True)
class CsvFormat:
    separator: Separator = Separator.COMMA
    mark: bool = True
    """Whether it begins with a byte order mark, by which Excel knows that it is UTF-8."""
    headings: Headings = Headings.LABELS

    def stored(self) -> str:
        """As an account remembers it: ``semicolon mark labels``."""
        return f"{self.separator} {'mark' if self.mark else 'plain'} {self.headings}"

    @classmethod
    def read(cls, stored: str) -> Self:
        """What was stored. Raises ValueError."""
        separator, mark, headings = stored.split()
        return cls(Separator.of(separator), mark == "mark", Headings.of(headings))
