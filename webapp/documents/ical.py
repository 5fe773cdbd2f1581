"""What lies ahead as a calendar that programs subscribe to (RFC 5545, RFC 7986)."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from ..language.speaker import Speaker
from ..operations.listing.ahead import FeedEvent
from ..wording.calendar import entry

MIMETYPE = "text/calendar"
REFRESHED = timedelta(hours=12)
"""How often programs are asked to look again."""


def calendar_feed(
    events: Iterable[FeedEvent], name: str, today: date, address: Callable[[str], str], speaker: Speaker
) -> bytes:
    """Events of whole days; ``address`` is where a service or, for an empty reference, all of them are shown."""
    feed = Calendar()
    for header, value in (("prodid", "-//Echeance//Calendar//EN"), ("version", "2.0"), ("method", "PUBLISH")):
        feed.add(header, value)
    for header in ("name", "x-wr-calname"):
        feed.add(header, name)
    feed.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
    feed.add("x-published-ttl", REFRESHED)
    stamp = datetime.combine(today, time(), UTC)
    for each in events:
        feed.add_component(_event(each, stamp, address(each.reference), speaker))
    return bytes(feed.to_ical())


def _event(each: FeedEvent, stamp: datetime, address: str, speaker: Speaker) -> Event:
    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_URL, "echeance/" + "/".join(each.key))))
    event.add("dtstamp", stamp)
    event.add("sequence", each.sequence)
    event.add("dtstart", each.day)
    event.add("dtend", each.day + timedelta(days=1))
    event.add("summary", " \N{MIDDLE DOT} ".join(entry(each, speaker)))
    event.add("categories", [speaker.gettext(each.happening.label)])
    event.add("status", "CANCELLED" if each.called_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("url", address)
    return event
