"""Begin to leave a payment method: first it is written down, then the provider is called, then its answer is."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...adapters.payments.port import NoAnswer, Rejected, SavedMethods
from ...domain.billing.payment import AttemptState, Failure, Standing
from ...domain.billing.setup import SetupRequest, SetupStatement
from ...domain.methods import NOT_OFFERED, MethodKind
from ...domain.refusals import Refused
from ...extensions import db
from ...models import MethodSetup
from ...models.payment_method import BEGUN
from ..accounts import lock_account
from ..codes import new_code
from ..desk import Desk
from ..outage import note_acting
from ..transaction import writing
from .learn import learn_nothing, learn_setup

REJECTED = SetupStatement(Standing.FAILED, failure=Failure.REJECTED)


def begin_setup(
    kind: MethodKind,
    desk: Desk,
    provider: SavedMethods,
    *,
    return_to: Callable[[str], str],
    language: str,
    wanted_default: bool,
) -> tuple[str, str | None]:
    """Its code, and the address of the provider's page; None where it has none to show.

    Whoever begins twice is led to the same page. ``return_to`` makes of the code where the person is led back to.
    Raises Refused where that kind is not offered to this account.
    """
    with writing() as session:
        account = lock_account(session, desk.account_id)
        portal = desk.rules.portals[account.portal]
        if kind not in portal.methods_for(account.kind, desk.now.astimezone(portal.zone).date()):
            raise Refused(NOT_OFFERED())
        setup = _begun(session, account.id, kind)
        if setup is None:
            setup = _made(account.id, kind, desk, provider, return_to, language)
            session.add(setup)
        setup.wanted_default = wanted_default
        wanted, address, asked = wanted_of(setup), setup.address, setup.state is AttemptState.UNKNOWN
    if address or asked:
        return wanted.key, address or None
    return wanted.key, open_setup(wanted, desk, provider)


def open_setup(wanted: SetupRequest, desk: Desk, provider: SavedMethods) -> str | None:
    """Ask the provider for it, once more with the same key where that was done before."""
    note_acting(db.session())
    try:
        statement = provider.save(wanted)
    except NoAnswer:
        learn_nothing(wanted.key, desk)
        return None
    except Rejected:
        statement = REJECTED
    learn_setup(wanted.key, statement, desk)
    return statement.address or None


def wanted_of(setup: MethodSetup) -> SetupRequest:
    """What the provider is asked for: the same whenever it is asked again."""
    return SetupRequest(setup.code, setup.kind, setup.return_to, setup.language)


def _begun(session: Session, account_id: int, kind: MethodKind) -> MethodSetup | None:
    mine = (MethodSetup.account_id == account_id, MethodSetup.kind == kind, BEGUN)
    return session.scalar(select(MethodSetup).where(*mine))


def _made(
    account_id: int,
    kind: MethodKind,
    desk: Desk,
    provider: SavedMethods,
    return_to: Callable[[str], str],
    language: str,
) -> MethodSetup:
    code = new_code()
    return MethodSetup(
        account_id=account_id,
        code=code,
        kind=kind,
        provider=provider.name,
        state=AttemptState.PENDING,
        return_to=return_to(code),
        language=language,
        begun_at=desk.now,
        ask_at=desk.system_now + desk.rules.orders.next_ask(0),
    )
