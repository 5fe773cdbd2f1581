"""A letter before it is typed: what it says, in the words of its recipient."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..domain.labels import Plural
from ..domain.law.contracts import Portal
from ..domain.messages import Mentioned
from ..language.speaker import Speaker

MOST_NAMED = 50
"""Services that a letter names; the others are counted."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom it is written, and under whose name."""

    name: str
    address: str
    """Of mail."""
    portal: Portal
    speaker: Speaker
    page: Callable[..., str]
    """The whole address of a page of ours: ``page("services.show", reference="S-1")``."""


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    """What, of which service, and when."""
    lead: str
    """The first line: whether anything is to be done."""
    link: tuple[str, str]
    """What is done there, and its address."""
    rows: Sequence[str] = ()
    closing: Sequence[str] = ()
    threads: Sequence[str] = ()
    """The bills or the order that it is about: letters about the same are shown together."""


Facts = Mapping[str, Any]
Write = Callable[[Facts, Recipient], Letter]


def named(services: Sequence[Mentioned], say: Callable[[Mentioned], str], speaker: Speaker) -> list[str]:
    """A row for each, as far as they are named."""
    rows = [say(each) for each in services[:MOST_NAMED]]
    if (left := len(services) - MOST_NAMED) > 0:
        rows.append(speaker.ngettext("and %(count)s more", "and %(count)s more", left, count=speaker.number(left)))
    return rows


def mentioned(facts: Facts) -> list[Mentioned]:
    return [Mentioned.read(stored) for stored in facts.get("services", ())]


def subject(services: Sequence[Mentioned], to: Recipient, says: Plural, **facts: Any) -> str:
    """The name of a single one, the number of several."""
    told = {"name": services[0].name, "count": to.speaker.number(len(services)), **facts}
    return to.speaker.ngettext(*says, len(services), **told)
