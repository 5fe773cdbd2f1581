"""What lies ahead as a calendar that programs subscribe to (RFC 5545, RFC 7986)."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from ..domain.calendar import Happening
from ..domain.labels import N_, NN_
from ..language.speaker import Speaker
from ..operations.listing.ahead import FeedEvent
from ..wording.calendar import ONE

MIMETYPE = "text/calendar"
REFRESHED = timedelta(hours=12)
"""How often programs are asked to look again."""
SEVERAL = {
    Happening.DEBIT: NN_("%(count)s service debited", "%(count)s services debited"),
    Happening.BILL: NN_("%(count)s service billed", "%(count)s services billed"),
    Happening.RENEWAL: NN_(
        "%(count)s service renews; another contact pays", "%(count)s services renew; other contacts pay"
    ),
    Happening.EXPIRY: NN_(
        "%(count)s service expires unless it is renewed", "%(count)s services expire unless they are renewed"
    ),
    Happening.END: NN_("%(count)s service ends", "%(count)s services end"),
    Happening.DELETION: NN_("%(count)s service is deleted", "%(count)s services are deleted"),
}
CALLED_OFF = N_("called off")


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
    event.add("summary", " \N{MIDDLE DOT} ".join(_said(each, speaker)))
    event.add("categories", [speaker.gettext(each.happening.label)])
    event.add("status", "CANCELLED" if each.called_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("url", address)
    return event


def _said(each: FeedEvent, speaker: Speaker) -> list[str]:
    if each.called_off:
        return [each.name, speaker.gettext(CALLED_OFF)]
    what = speaker.gettext(ONE[each.happening])
    if not each.name:
        what = speaker.ngettext(*SEVERAL[each.happening], each.services, count=speaker.number(each.services))
    return [*filter(None, [each.name, what]), *([speaker.plain_money(each.amount)] if each.amount else [])]
