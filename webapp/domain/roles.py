"""What an account may be to a service; one account may be several things at once."""

from enum import IntFlag

from .labels import N_


class Role(IntFlag):
    """A bit each, so that the roles an account holds on a service fit one stored number."""

    NONE = 0
    OWNER = 1
    ADMIN = 2
    TECHNICAL = 4
    BILLING = 8

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def word(self) -> str:
        """How the role is written in addresses and files."""
        return (self.name or "none").lower()


LABELS = {
    Role.OWNER: N_("Owner"),
    Role.ADMIN: N_("Admin contact"),
    Role.TECHNICAL: N_("Technical contact"),
    Role.BILLING: N_("Billing contact"),
}
ROLES = tuple(LABELS)
