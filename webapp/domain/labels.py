"""Texts that people read, written where the rule stands and translated where they are shown."""

from enum import Enum
from typing import Self


def N_(text: str) -> str:
    """Mark a text for the translators and give it back unchanged."""
    return text


Plural = tuple[str, str]
"""A text of one, and the same of several."""


def NN_(one: str, many: str) -> Plural:
    """Mark a text that depends on a number for the translators."""
    return one, many


class Labelled(str, Enum):
    """An enumeration whose members carry the label that people see (English, to be translated)."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def of(cls, value: str) -> Self:
        """The member with that value. Raises ValueError."""
        return cls(value)  # type: ignore[call-arg]
