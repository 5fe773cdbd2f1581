"""Attempts to take a payment, and what a provider says of them.

A payment whose outcome nobody knows is not one that failed: no other attempt is made until the provider has been
asked.
"""

from dataclasses import dataclass
from enum import StrEnum

from ..labels import N_, Labelled
from ..money import Money


class AttemptState(Labelled):
    PENDING = "pending", N_("Under way")
    SUCCEEDED = "succeeded", N_("Paid")
    FAILED = "failed", N_("Not paid")
    UNKNOWN = "unknown", N_("Not known yet")
    RETURNED = "returned", N_("Taken back")
    RESTORED = "restored", N_("Paid after all")

    @property
    def open(self) -> bool:
        """Whether money may still be, or have been, taken: then nothing else is tried."""
        return self in (AttemptState.PENDING, AttemptState.UNKNOWN)


TAKEN = (AttemptState.SUCCEEDED, AttemptState.RETURNED, AttemptState.RESTORED)
"""What becomes of money that was taken; it only ever goes forward here, in whichever order it is told."""
HELD = (AttemptState.SUCCEEDED, AttemptState.RESTORED)
"""Where we have it."""


class Failure(Labelled):
    """Why nothing was taken."""

    REFUSED = "refused", N_("The payment was refused. Try again, or pay by another means.")
    GIVEN_UP = "given-up", N_("You left the payment page without paying.")
    LAPSED = "lapsed", N_("The payment page was open for too long and has been closed.")
    NEEDS_YOU = "needs-you", N_("Your bank wants you to confirm this payment yourself.")
    REJECTED = "rejected", N_("The payment provider did not accept the request. Try again later.")


class Return(Labelled):
    """Why money was taken back that had been paid."""

    DEBIT = "returned-debit", N_("The bank returned the debit.")
    DISPUTE = "chargeback", N_("The payment was disputed at the bank.")
    REFUND = "refund", N_("The payment was refunded at the payment provider.")


class Standing(Labelled):
    """Where a payment stands at the provider."""

    WAITING = "waiting", N_("The provider's page waits for you.")
    SETTLING = "settling", N_("The bank has not confirmed the payment yet.")
    SUCCEEDED = "succeeded", N_("Paid")
    FAILED = "failed", N_("Not paid")
    RETURNED = "returned", N_("Taken back")
    RESTORED = "restored", N_("Paid after all")

    @property
    def taken(self) -> AttemptState | None:
        """What has become of the money, once it was taken."""
        return AttemptState.of(self.value) if self.value in TAKEN else None


class NoticeOutcome(StrEnum):
    """What came of a notice of a provider; all but the first one are for an operator to look at."""

    LEARNED = "learned"
    NO_SUCH_PAYMENT = "no-such-payment"
    OTHER_AMOUNT = "other-amount"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a provider says of one payment."""

    standing: Standing
    reference: str
    """The provider's own."""
    amount: Money | None = None
    """What was, or is to be, taken; None where there is no such payment."""
    address: str = ""
    """Where the person pays, as long as the provider waits for them."""
    failure: Failure | None = None
    returned: Return | None = None
    """Why it was taken back."""


def further(state: AttemptState, standing: Standing) -> AttemptState | None:
    """How far money has come that was taken, from what was known of it and what a provider tells, now or late.

    None where none was taken.
    """
    known = [each for each in (state, standing.taken) if each in TAKEN]
    return max(known, key=TAKEN.index, default=None)


def not_begun(failure: Failure) -> Statement:
    """Of a payment that the provider does not have."""
    return Statement(Standing.FAILED, "", failure=failure)


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """A payment that a provider is asked to take. The same key with the same content is the same payment for ever."""

    key: str
    amount: Money
    title: str
    return_to: str
    """Where the person is led back to."""
    language: str
