"""Tell the contacts of services who do not pay for them what their payers are told."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...domain.contacts import TOLD_AS, has_to_be_told, wants_to_be_told
from ...domain.further import SHARED
from ...domain.messages import AboutServices, ContactTold, HolderTold, Mentioned, most_pressing_first
from ...domain.roles import Role
from ...domain.topics import TOPICS
from ...models import Account
from ..change import Held
from ..desk import Desk
from ..notifications import shared, wished_by
from ..outbox import put_all

Mention = Callable[[Held], Mentioned]
Roles = Mapping[int, Sequence[Role]]
"""By the keys of accounts."""


def tell_contacts(
    session: Session, kind: type[AboutServices], held: Iterable[Held], mention: Mention, desk: Desk
) -> None:
    """Each account once, of all its services; what they cost is told to nobody but the payer."""
    concerned = [(each, others) for each in held if (others := _others(each))]
    if not concerned:
        return
    topic = TOPICS[kind.kind]
    wishes = wished_by(session, {account_id for _held, others in concerned for account_id in others})
    reached = _reached(session, {each.row.billing_id for each, _several in concerned}, kind)
    told: dict[tuple[int, type[ContactTold]], list[Held]] = defaultdict(list)
    for each, others in concerned:
        for account_id, roles in others.items():
            if account_id in reached.get(each.row.billing_id, ()):
                continue
            if has_to_be_told(each.case.service, roles):
                told[account_id, HolderTold].append(each)
            elif wants_to_be_told(roles, topic, wishes[account_id]):
                told[account_id, ContactTold].append(each)
    messages = [(_message(kind, what, to, several, mention), to) for (to, what), several in told.items()]
    put_all(session, messages, desk)


def _others(held: Held) -> Roles:
    """Contacts of a service who do not pay for it."""
    roles: dict[int, list[Role]] = defaultdict(list)
    for role in TOLD_AS:
        roles[getattr(held.row, f"{role.word}_id")].append(role)
    roles.pop(held.row.billing_id, None)
    return roles


def _reached(session: Session, payers: set[int], kind: type[AboutServices]) -> Mapping[int, set[int]]:
    """By payers: the accounts at whose own address the payer’s mail arrives as well."""
    share = SHARED.get(TOPICS[kind.kind])
    further = {
        payer: {each.address for each in several if share in each.shares}
        for payer, several in shared(session, payers).items()
    }
    addresses = set().union(*further.values())
    if not addresses:
        return {}
    query = select(Account.email, Account.id).where(Account.email.in_(addresses))
    accounts = {row.email: row.id for row in session.execute(query)}
    return {payer: {accounts[each] for each in several if each in accounts} for payer, several in further.items()}


def _message(
    kind: type[AboutServices], what: type[ContactTold], account_id: int, held: Sequence[Held], mention: Mention
) -> ContactTold:
    told = most_pressing_first(mention(each).unpriced() for each in held)
    return what(held[0].case.today, told, account_id, kind.kind)
