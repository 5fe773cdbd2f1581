"""A service as somebody asks about it: what every rule looks at."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from ..actors import EVERYTHING, Scope
from ..law.contracts import ContractRules
from ..methods import PaymentMethod
from ..roles import Role
from .service import Service


@dataclass(frozen=True, slots=True)
class Case:
    """Who asks, when, and under which contract."""

    service: Service
    now: datetime
    roles: Role
    rules: ContractRules
    method: PaymentMethod | None = None
    """Default payment method of the service's billing contact."""
    in_person: bool = True
    """Whether a customer asks: rules about who may do something bind nobody else."""
    scopes: Collection[Scope] = EVERYTHING
    """What whoever asks may do."""

    @property
    def today(self) -> date:
        """The day it is where the contract was made."""
        return self.now.astimezone(self.rules.portal.zone).date()
