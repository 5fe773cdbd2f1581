"""How many mails what is told makes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from .labels import N_, Labelled
from .messages import MOST_NAMED, AboutServices, Message
from .topics import Topic


class Pace(Labelled):
    TOGETHER = "together", N_("One mail for each matter and day, of all services")
    EACH = "each", N_("One mail for each service")
    DAILY = "daily", N_("One mail for each matter, and once a day what can wait")
    WEEKLY = "weekly", N_("One mail for each matter, and once a week what can wait")


DIGESTS = frozenset((Pace.DAILY, Pace.WEEKLY))
CAN_WAIT = frozenset((Topic.PAID, Topic.CONTACT))
"""What asks for nothing and names no day that somebody chose."""


def parted(message: Message, pace: Pace) -> list[Message]:
    """What is told at that pace; of very many services, one mail all the same."""
    if pace is not Pace.EACH or not isinstance(message, AboutServices) or len(message.services) > MOST_NAMED:
        return [message]
    return [replace(message, services=(each,)) for each in message.services]


def waits(topic: Topic, pace: Pace) -> bool:
    """Whether it goes into a digest."""
    return pace in DIGESTS and topic in CAN_WAIT


def digest_due(pace: Pace, since: date, today: date) -> bool:
    """Whether what waits since that day is told now: on the day after, or on the Monday; at once where nothing is to
    wait any more.
    """
    steps: Mapping[Pace, date] = {
        Pace.DAILY: since + timedelta(days=1),
        Pace.WEEKLY: since + timedelta(days=7 - since.weekday()),
    }
    return today >= steps.get(pace, since)
