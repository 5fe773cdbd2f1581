"""What every page that changes one service does the same: draw, refuse, tell of a conflict, end in a receipt.

A new action brings its form, its operation, its templates and its words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from flask import Response, flash
from werkzeug.wrappers import Response as BaseResponse
from wtforms import IntegerField, StringField

from ..domain.confirmation import Confirmed, Difference, ShownOtherwise
from ..domain.facts import Facts
from ..domain.periods import Period
from ..domain.refusals import Refusal, Refused
from ..extensions import db
from ..models import Event
from ..operations.change import ChangedMeanwhile, latest_event
from ..operations.listing.page import line_of, summary
from ..wording.events import ChangeWords
from ..wording.facts import Labels, said
from ..wording.rows import Link, instead
from .addresses import address_of
from .forms import PortalForm
from .hypermedia import announce, go, page, redraw, wants_fragment
from .reader import gettext as _
from .reader import reader
from .subject import Subject
from .tasks import tasks
from .viewing import CameFrom, addresses_from, came_from, row_context, viewer

DIALOG = "in-dialog"
"""The element over the table in which script shows the region of an acting page."""
PAGE, DONE = "act/page.html", "act/_done.html"


class ActingForm(PortalForm):
    """Carries what the page was drawn with: the service's version, the preview shown, the table one came from."""

    version = IntegerField()
    fingerprint = StringField()
    shown = StringField()
    back = StringField()
    means = StringField()
    """How it is paid, on pages that ask for that."""

    @property
    def confirmed(self) -> Confirmed:
        return Confirmed(self.version.data or 0, self.fingerprint.data or "", self.shown.data or "")

    @property
    def came(self) -> CameFrom:
        return came_from({"back": self.back.data or ""})


class DurationForm(ActingForm):
    """``duration`` as ISO 8601."""

    duration = StringField()

    @property
    def period(self) -> Period | None:
        """None where the form names none."""
        try:
            return Period.parse(self.duration.data or "")
        except ValueError:
            return None


class ActingPage(Protocol):
    """What a page is drawn from, whatever it does."""

    @property
    def subject(self) -> Subject: ...
    @property
    def facts(self) -> Facts: ...
    @property
    def impossible(self) -> Refusal | None:
        """Why there is nothing to decide."""

    def place(self, code: str) -> str:
        """The id of the element that a refusal of that code is about."""


class Outcome(NamedTuple):
    """What came of it."""

    receipt: str | None
    """The address of its receipt."""
    changed: bool
    """Whether anything had to be done for it."""
    finds_back: bool = True
    """Whether the table that one came from is still to be added to the address."""


Form = TypeVar("Form", bound=ActingForm)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why a confirmation was not taken: somebody changed the service, or its preview is another one by now."""

    event: Event | None
    differences: tuple[ChangeWords, ...] = ()


@dataclass(frozen=True, slots=True)
class Acting(Generic[Form]):
    """One acting page: how it is drawn, as a page of its own and in the dialog over the table."""

    region: str
    """The template that extends ``act/_region.html``."""
    region_id: str
    draws: Callable[[str, Form], ActingPage]
    """From the service's reference and the form as it was typed. Raises NoSuchService."""
    facts: Labels
    """What the facts of its preview are called."""
    redraws_row: bool = True
    """Whether the dialog gives way to the row; an act that reaches further ends on its receipt."""

    def show(self, reference: str, form: Form) -> Response:
        return announce(self._draw(reference, form), "dialog:open")

    def act(
        self, reference: str, form: Form, operation: Callable[[], Outcome], *, already: str = "", done: str = ""
    ) -> BaseResponse:
        """Do it. ``done`` is said where the dialog gives way to the row, ``already`` where nothing had to be done."""
        try:
            outcome = operation()
        except Refused as refused:
            return self._draw(reference, form, status=422, refused=refused.refusal)
        except ChangedMeanwhile as changed:
            conflict = Conflict(latest_event(db.session(), changed.service_id))
            return self._draw(reference, form, status=409, conflict=conflict)
        except ShownOtherwise as other:
            told = tuple(self._told(each) for each in other.differences if each.name in self.facts)
            return self._draw(reference, form, status=409, conflict=Conflict(None, told))
        return self._finish(reference, form.came, outcome, done if outcome.changed else already)

    def _draw(
        self,
        reference: str,
        form: Form,
        *,
        status: int = 200,
        refused: Refusal | None = None,
        conflict: Conflict | None = None,
    ) -> Response:
        drawn = self.draws(reference, form)
        title = drawn.subject.title if status == 200 else _("Error: %(title)s", title=drawn.subject.title)
        regions = {self.region_id: self.region, DIALOG: self.region}
        return page(
            PAGE,
            title=title,
            regions=regions,
            status=status,
            acting=self.region,
            acting_id=self.region_id,
            page=drawn,
            subject=drawn.subject,
            confirmed=Confirmed.of(drawn.subject.version, drawn.facts),
            came=form.came,
            refused=refused,
            conflict=conflict,
            instead=self._instead(drawn, form.came),
        )

    def _instead(self, drawn: ActingPage, came: CameFrom) -> Link | None:
        """Where one is led to where there is nothing to decide."""
        if drawn.impossible is None:
            return None
        subject = drawn.subject
        paid_in = subject.service.paid_in if subject.sees_money else None
        return instead(drawn.impossible, subject.service, paid_in, reader(), addresses_from(came))

    def _finish(self, reference: str, came: CameFrom, outcome: Outcome, said: str) -> BaseResponse:
        """In the dialog the row is redrawn; elsewhere one lands on the receipt, or on the service without any."""
        suffix = came.suffix if outcome.finds_back else ""
        receipt = f"{outcome.receipt}{suffix}" if outcome.receipt else None
        if wants_fragment() and self.redraws_row:
            session, seen_by = db.session(), viewer()
            drawn: dict[str, Any] = {
                "line": line_of(session, reference, seen_by),
                "sums": summary(session, came.table, seen_by),
                "tasks": tasks(came.table),
            }
            context = row_context(came).context() | drawn
            return redraw(DONE, announcing="dialog:close", said=said, receipt=receipt, **context)
        if not outcome.changed:
            flash(said)
        return go(receipt or address_of("services.show", reference=reference, back=came.query or None))

    def _told(self, difference: Difference) -> ChangeWords:
        speaker = reader()
        old = None if difference.old is None else said(difference.old, speaker)
        new = speaker.gettext("nothing") if difference.new is None else said(difference.new, speaker)
        return ChangeWords(speaker.gettext(self.facts[difference.name]), old, new)
