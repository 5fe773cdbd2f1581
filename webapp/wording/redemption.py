"""What restoring a name costs that its registry has taken, in words."""

from ..domain.labels import N_
from ..domain.money import Money
from ..domain.service.case import Case
from ..domain.service.ending import in_redemption, redeemed_from, restore_fee
from ..language.speaker import Speaker

TOLD = {
    (False, True): N_("From %(day)s on, restoring it costs %(fee)s beside its term."),
    (False, False): N_("From %(day)s on, only support can have it restored, for a fee."),
    (True, True): N_("Since %(day)s, restoring it costs %(fee)s beside its term."),
    (True, False): N_("Since %(day)s, only support can have it restored, for a fee."),
}
"""By whether that has begun, and whether the fee is known."""


def redemption(case: Case, speaker: Speaker) -> str:
    """Of a name that lapsed; empty for anything else. Amounts as this customer is shown prices."""
    begins, fee = redeemed_from(case.service), restore_fee(case.service)
    if begins is None:
        return ""
    said = TOLD[in_redemption(case.service, case.today), fee is not None]
    return speaker.markup(said, day=speaker.day(begins), fee=_priced(fee, case, speaker) if fee else "")


def _priced(fee: Money, case: Case, speaker: Speaker) -> str:
    amount, basis = speaker.money(case.rules.shown(fee)), speaker.gettext(case.rules.price_basis)
    return speaker.markup("%(amount)s (%(basis)s)", amount=amount, basis=basis)
