"""What stands in the cells of a file, as the programs that open it want it."""

from typing import Any, Protocol

from ..domain.files import Headings


class Cells(Protocol):
    """How one kind of file writes a text, a day and an amount."""

    @property
    def headings(self) -> Headings:
        """Whether columns and values are named for people or for programs."""

    def text(self, typed: str) -> Any:
        """What somebody may have typed: it is shown as it is, and nothing of it is run."""

    def day(self, told: str) -> Any:
        """A day in ISO 8601; empty where there is none."""

    def amount(self, minor: int, currency: str) -> Any:
        """Of money, in minor units."""
