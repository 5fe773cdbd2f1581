"""What a receipt says: the same on its page and on paper."""

from collections.abc import Iterator, Sequence

from ..domain.events import Cancelled
from ..domain.labels import N_
from ..language.speaker import Speaker
from ..operations.receipts import DeclaredService, ShownReceipt

IS_PAID_FOR = N_("It renews and is debited as before until then.")
NOTHING_DEBITED = N_("Nothing more is debited.")


def declared(each: DeclaredService, speaker: Speaker) -> list[str]:
    """What became of one service, and what stays due for it."""
    fact, day = each.fact, speaker.plain_day(each.fact.day)
    if not isinstance(fact, Cancelled):
        return [speaker.gettext("was going to end on %(day)s; is kept", day=day)]
    moment = speaker.deadline(fact.undo_until, each.zone).striptags()
    return [
        speaker.gettext("ends on %(day)s", day=day),
        speaker.gettext("can be undone until %(moment)s", moment=moment),
        *_due(fact, speaker, sees_money=each.sees_money),
    ]


def _due(fact: Cancelled, speaker: Speaker, *, sees_money: bool) -> Iterator[str]:
    yield speaker.gettext(IS_PAID_FOR if fact.debited else NOTHING_DEBITED)
    if fact.owed and sees_money:
        amount = speaker.plain_money(fact.owed)
        yield speaker.gettext("The bill of %(amount)s, tax included, stays due.", amount=amount)
    elif fact.owed:
        yield speaker.gettext("What is billed already stays due.")


def parties(shown: ShownReceipt, speaker: Speaker) -> Sequence[tuple[str, str]]:
    """With whom, and under which contract: labels with what they say."""
    said: dict[tuple[str, str], None] = {}
    for portal, kind in shown.contracts:
        seller = portal.seller
        said[N_("Provider"), " · ".join(filter(None, [seller.name, *seller.address, seller.contact]))] = None
        said[N_("Contract"), f"{speaker.gettext(portal.name)} – {speaker.gettext(kind.label)}"] = None
    return [(speaker.gettext(label), value) for label, value in said]
