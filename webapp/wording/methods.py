"""How a payment method stands, in words, and what that means for what renews."""

from datetime import date

from markupsafe import Markup

from ..domain.billing.setup import NOT_SAVED, Mandate
from ..domain.labels import N_
from ..domain.law.parties import Seller
from ..domain.methods import Health, MethodKind
from ..domain.periods import last_day
from ..language.speaker import Speaker
from ..models import MethodSetup, PaymentMethod
from ..operations.methods.find import Failing

Fact = tuple[str, str]

ADD = {
    MethodKind.CARD: N_("Add a card"),
    MethodKind.SEPA_DEBIT: N_("Add a bank account (SEPA direct debit)"),
    MethodKind.PAYPAL: N_("Connect a PayPal account"),
}
"""What the buttons say that lead to the provider's page."""
USED, UNUSED = N_("Renewals are debited from it."), N_("Renewals are not debited from it.")
MEANS = {
    Health.EXPIRED: N_("Nothing can be debited from it since %(day)s."),
    Health.AWAITING: N_(
        "Your bank has not confirmed it yet. That can take two days; nothing is debited from it before."
    ),
    Health.REFUSED: N_("It was refused: nothing can be debited from it. Add it again, or another one."),
    Health.UNCONNECTED: N_("We know of it, but nothing can be debited from it here. Add it again, or another one."),
}
UNTIL = N_("It works until %(day)s (included).")


def meaning(method: PaymentMethod, health: Health, speaker: Speaker) -> Markup:
    """What its state means."""
    if health in MEANS:
        return speaker.markup(MEANS[health], **({"day": speaker.day(method.expires_on)} if method.expires_on else {}))
    used = speaker.markup(USED if method.is_default else UNUSED)
    if method.expires_on is None:
        return used
    return used + " " + speaker.markup(UNTIL, day=speaker.day(last_day(method.expires_on)))


def without(failing: Failing, speaker: Speaker) -> Markup:
    """For which renewals a bill is sent, since their day comes when nothing can be debited."""
    return speaker.markup_of_number(
        "%(count)s service renews when nothing can be debited from it, on %(day)s: a bill is sent for it.",
        "%(count)s services renew when nothing can be debited from it, from %(day)s on: bills are sent for them.",
        failing.services,
        count=speaker.number(failing.services),
        day=speaker.day(failing.first_on) if failing.first_on else "",
    )


def fails_from(method: PaymentMethod, health: Health, today: date) -> date | None:
    """The first day on which it cannot be debited; None where none is known."""
    if health is Health.VALID:
        return None
    return method.expires_on if health is Health.EXPIRES_SOON else today


def came_of(setup: MethodSetup, speaker: Speaker) -> str:
    """Why nothing was added, where that is so."""
    return speaker.gettext(NOT_SAVED[setup.failure]) if setup.failure else ""


def mandate_facts(method: PaymentMethod, mandate: Mandate, seller: Seller, debtor: str, speaker: Speaker) -> list[Fact]:
    """What a mandate names (SEPA Core Direct Debit rulebook, section 4.1): labels with what stands there."""
    told = {
        N_("Creditor"): " · ".join([seller.name, *seller.address]),
        N_("Creditor identifier"): mandate.creditor,
        N_("Mandate reference"): mandate.reference,
        N_("Debtor"): debtor,
        N_("Account"): method.label,
        N_("Type of payment"): speaker.gettext("Recurring"),
        N_("Signed on"): speaker.plain_day(mandate.signed_on),
    }
    return [(speaker.gettext(label), value) for label, value in told.items()]


def mandate_text(seller: Seller, speaker: Speaker) -> list[str]:
    """What it allows, and the debtor's right to a refund (Directive (EU) 2015/2366, articles 76 and 77)."""
    allows = N_(
        "By this mandate you allow %(seller)s to have your account debited, and your bank to debit it as asked."
    )
    refund = N_(
        "Your bank owes you a refund, under the terms of your agreement with it, if you ask for it within 8 weeks from "
        "the day on which your account was debited."
    )
    return [speaker.gettext(allows, seller=seller.name), speaker.gettext(refund)]
