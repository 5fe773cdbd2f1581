"""What the page of an account's payment methods is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ...domain.listing.table import Table
from ...domain.methods import Health, MethodKind
from ...domain.refusals import Refusal
from ...domain.roles import Role
from ...domain.service.service import Mode
from ...domain.service.status import Status
from ...extensions import db
from ...models import MethodSetup, PaymentMethod
from ...operations.methods.choose import kept_for, successor
from ...operations.methods.find import (
    RENEWING,
    Needing,
    begun,
    first_needing,
    methods_of,
    needing,
    renewing_from,
    today_of,
)
from ...web import access
from ...web.addresses import address_of
from ...web.hypermedia import View
from ...web.paying import obstacle
from ...web.reader import reader
from ...web.viewing import desk
from ...wording.methods import fails_from, meaning, without

SHOWN_OWNERS = 5


@dataclass(frozen=True, slots=True)
class MethodShown:
    """One method with all that is said of it."""

    method: PaymentMethod
    health: Health
    means: str
    without: str
    """What renews when nothing can be debited from it; empty where that is nothing."""
    failing_at: str
    """The address of the table with just that."""
    may_be_default: bool
    kept_for: Refusal | None
    """Why it cannot be removed, if so."""
    successor: str
    """The label of what renewals are debited from once it is gone."""

    @property
    def name(self) -> str:
        return self.method.description or self.method.label


@dataclass(frozen=True, slots=True)
class MethodsPage(View):
    methods: Sequence[MethodShown]
    begun: Sequence[MethodSetup]
    """What somebody began to add, of which nothing has come yet."""
    offered: Sequence[MethodKind]
    own: Needing | None
    """The account's own services that renew automatically."""
    others: Sequence[Needing]
    """Those of others that it pays for."""
    first: Sequence[str]
    """What the first of them are called."""
    needing_at: str
    """The address of the table with all of them."""
    obstacle: Refusal | None
    """Why nothing can be added, if so."""

    @property
    def few(self) -> Sequence[Needing]:
        return self.others[:SHOWN_OWNERS]

    @property
    def more(self) -> Sequence[Needing]:
        return self.others[SHOWN_OWNERS:]


def methods_page() -> MethodsPage:
    session, me = db.session(), access.account()
    methods, need = methods_of(session, me.id), needing(session, me.id)
    today, portal = today_of(session, desk()), access.current_portal()
    own = next((each for each in need if not each.owner), None)
    return MethodsPage(
        methods=[_shown(each, methods, today, needed=bool(need)) for each in methods],
        begun=begun(session, me.id),
        offered=portal.methods_for(me.kind, today),
        own=own,
        others=[each for each in need if each.owner],
        first=first_needing(session, me.id),
        needing_at=_at(Table(status=RENEWING, mode=(Mode.AUTOMATIC,), role=(Role.BILLING,))),
        obstacle=obstacle(),
    )


def _shown(method: PaymentMethod, methods: Sequence[PaymentMethod], today: date, *, needed: bool) -> MethodShown:
    seen, others = method.snapshot(), [each for each in methods if each is not method]
    health = seen.health(today)
    fails = fails_from(method, health, today) if method.is_default else None
    failing = renewing_from(db.session(), method.account_id, fails) if fails else None
    heir = successor(method, others, today)
    return MethodShown(
        method=method,
        health=health,
        means=meaning(method, health, reader()),
        without=without(failing, reader()) if failing and failing.services else "",
        failing_at=_at(Table(status=(Status.AUTOMATIC,), since=fails, role=(Role.BILLING,))),
        may_be_default=not method.is_default and seen.usable_on(today),
        kept_for=kept_for(method, others, today, needed=needed),
        successor=heir.label if heir and needed else "",
    )


def _at(table: Table) -> str:
    return table.at(address_of("services.index"))
