"""What mails are about, and which of them are told whether anybody wants them or not."""

from collections.abc import Iterable, Mapping

from .labels import N_, Labelled
from .messages import (
    AddressAsked,
    AddressChangeAsked,
    AddressChanged,
    BalanceLow,
    BillSettled,
    BillToPay,
    ContactTold,
    DebitRefused,
    DeletionAhead,
    Digest,
    HolderTold,
    Message,
    MethodAdded,
    MethodExpires,
    MethodRefused,
    MethodRemoved,
    OrderPaid,
    OwnEnds,
    OwnRenewals,
    PasswordChanged,
    PaymentTakenBack,
    PaymentUnderWay,
    ReceiptGiven,
    RenewalsAhead,
    ServicesDeleted,
    ServicesEnded,
    ServicesExpire,
    ServicesInDebt,
    ServicesLapsed,
    ServicesUnpaid,
    SignedInAnew,
)


class Topic(Labelled):
    AHEAD = "ahead", N_("Renewals to come")
    LOSSES = "losses", N_("Services that end, are suspended or deleted")
    BILLS = "bills", N_("Bills to pay, and debits that failed")
    ORDERS = "orders", N_("Orders that are paid")
    DECLARED = "declared", N_("Receipts of what was declared")
    METHODS = "methods", N_("Payment methods")
    SAFETY = "safety", N_("Password and sign-ins")
    ADDRESSES = "addresses", N_("Addresses that mails go to")
    HOLDER = "holder", N_("Domain names that you hold and others pay for")
    PAID = "paid", N_("Renewals that are paid, and payments on their way")
    BALANCE = "balance", N_("A balance that has become low")
    OWN_DAYS = "own-days", N_("Reminders on your own days")
    DIGEST = "digest", N_("What can wait, in one mail")
    CONTACT = "contact", N_("Services that others pay for")


OPTIONAL = frozenset((Topic.PAID, Topic.BALANCE, Topic.OWN_DAYS, Topic.DIGEST, Topic.CONTACT))
"""Those that can be switched off."""
WHY: Mapping[Topic, str] = {
    Topic.AHEAD: N_("You get these mails because whoever pays for a service has to be told before it renews."),
    Topic.LOSSES: N_("You get these mails because nothing may be taken away unannounced from whoever pays for it."),
    Topic.BILLS: N_("You get these mails because a bill has to reach whoever is to pay it."),
    Topic.ORDERS: N_("You get these mails because they prove what you ordered, for you to keep."),
    Topic.DECLARED: N_("You get these mails because they prove what you declared, for you to keep."),
    Topic.METHODS: N_("You get these mails because they say what can be debited from you."),
    Topic.SAFETY: N_("You get these mails so that nobody else uses your account unnoticed."),
    Topic.ADDRESSES: N_("You get these mails so that no address is used without the knowledge of whoever reads it."),
    Topic.HOLDER: N_("You get these mails because whoever holds a domain name has to be told what becomes of it."),
    Topic.OWN_DAYS: N_("You get these mails because you chose the days on which you want to be reminded."),
    Topic.DIGEST: N_("You get these mails because you want what can wait in one mail."),
    Topic.CONTACT: N_("You get these mails because you are a contact of these services."),
    Topic.PAID: N_("You get these mails because you have not switched them off."),
    Topic.BALANCE: N_("You get these mails because you asked to be told when your balance becomes low."),
}
"""Why they come."""


def _about(topic: Topic, *kinds: type[Message]) -> Iterable[tuple[str, Topic]]:
    return ((each.kind, topic) for each in kinds)


TOPICS: Mapping[str, Topic] = {
    **dict(_about(Topic.AHEAD, RenewalsAhead)),
    **dict(_about(Topic.LOSSES, ServicesExpire, ServicesUnpaid, ServicesLapsed, ServicesInDebt)),
    **dict(_about(Topic.LOSSES, DeletionAhead, ServicesDeleted, ServicesEnded)),
    **dict(_about(Topic.BILLS, BillToPay, DebitRefused, PaymentTakenBack)),
    **dict(_about(Topic.ORDERS, OrderPaid)),
    **dict(_about(Topic.DECLARED, ReceiptGiven)),
    **dict(_about(Topic.METHODS, MethodExpires, MethodAdded, MethodRefused, MethodRemoved)),
    **dict(_about(Topic.SAFETY, PasswordChanged, SignedInAnew)),
    **dict(_about(Topic.ADDRESSES, AddressAsked, AddressChangeAsked, AddressChanged)),
    **dict(_about(Topic.PAID, BillSettled, PaymentUnderWay)),
    **dict(_about(Topic.BALANCE, BalanceLow)),
    **dict(_about(Topic.HOLDER, HolderTold)),
    **dict(_about(Topic.OWN_DAYS, OwnEnds, OwnRenewals)),
    **dict(_about(Topic.DIGEST, Digest)),
    **dict(_about(Topic.CONTACT, ContactTold)),
}
"""By the kind of the message."""
