"""On which day something is next to be done for a service, and what."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from ..service.service import Availability, Mode, Service


class EngineStep(StrEnum):
    RENEW = "renew"
    """Its next term is billed and given."""
    END = "end"
    """Its cancellation takes effect."""


class DueStep(NamedTuple):
    on: date
    step: EngineStep


def due(service: Service) -> DueStep | None:
    """None where no day is known on which anything would have to be done.

    While somebody pays for it, or a bill on it is unpaid, no other term of it is billed.
    """
    if service.availability not in (Availability.ACTIVE, Availability.SUSPENDED):
        return None
    end, cancelled = service.ends_on, service.cancels_on
    if _renews_by_itself(service) and end is not None and (cancelled is None or end < cancelled):
        return DueStep(end, EngineStep.RENEW)
    return DueStep(cancelled, EngineStep.END) if cancelled else None


def _renews_by_itself(service: Service) -> bool:
    runs = service.availability is Availability.ACTIVE and service.renews and service.period is not None
    return runs and service.mode is Mode.AUTOMATIC and service.amount_due is None and service.paid_in is None
