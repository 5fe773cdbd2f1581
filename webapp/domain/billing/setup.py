"""Leaving a payment method at the provider, so that it can be debited later.

The person does so at the provider's page: no number of a card or an account ever reaches us.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ..labels import N_
from ..methods import MethodKind
from .payment import Failure, Standing

NOT_SAVED: Mapping[Failure, str] = {
    Failure.REFUSED: N_("It was refused. Ask your bank, try again, or add another one."),
    Failure.GIVEN_UP: N_("You left the provider’s page without adding anything."),
    Failure.LAPSED: N_("The provider’s page was open for too long and has been closed."),
    Failure.REJECTED: N_("The payment provider did not accept the request. Try again later."),
}
"""Why nothing was added."""


@dataclass(frozen=True, slots=True)
class SetupRequest:
    """A method that a provider is asked to let somebody leave. The same key is the same request for ever."""

    key: str
    kind: MethodKind
    return_to: str
    """Where the person is led back to."""
    language: str


@dataclass(frozen=True, slots=True)
class Mandate:
    """What lets a creditor debit a bank account.

    SEPA Core Direct Debit rulebook, AT-01 (reference), AT-02 (creditor identifier), AT-25 (date of signing).
    """

    reference: str
    creditor: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class KeptMethod:
    """What the provider keeps for us, as far as we may know it."""

    reference: str
    """The provider's own."""
    label: str
    expires_on: date | None = None
    """First day it can no longer be used."""
    mandate: Mandate | None = None


@dataclass(frozen=True, slots=True)
class SetupStatement:
    """What a provider says of one set-up."""

    standing: Standing
    address: str = ""
    """Where the person leaves the method, as long as the provider waits for them."""
    failure: Failure | None = None
    method: KeptMethod | None = None
    """Once it is left; a mandate that the bank has yet to confirm is one."""
