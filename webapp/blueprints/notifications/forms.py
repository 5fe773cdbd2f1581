from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from werkzeug.datastructures import MultiDict
from wtforms import SelectMultipleField, StringField

from ...domain.contacts import WISHES, Wish
from ...domain.mail_address import mail_address
from ...domain.topics import OPTIONAL, Topic
from ...extensions import db
from ...language.catalogues import LANGUAGES
from ...operations.notifications import own_days, wanted_by, wished_by
from ...web.forms import PortalForm
from ...web.reader import reader


def _known(language: str | None) -> str:
    return language if language in LANGUAGES else reader().language


class FurtherForm(PortalForm):
    """A further address, as it is named."""

    address = StringField(filters=[lambda typed: mail_address(typed or "")])
    shares = SelectMultipleField(validate_choice=False, choices=[])
    language = StringField(filters=[_known])


@dataclass(frozen=True, slots=True)
class Typed:
    """What an account wants to be told, as it was sent or as it is kept."""

    topics: Collection[Topic]
    as_contact: Collection[Wish]
    days: str

    @classmethod
    def of(cls, sent: MultiDict[str, str]) -> Self:
        topics = [topic for topic in OPTIONAL if topic.value in sent.getlist("wanted")]
        return cls(topics, [WISHES[each] for each in sent.getlist("as") if each in WISHES], sent.get("days", ""))

    @classmethod
    def kept(cls, account_id: int) -> Self:
        session = db.session()
        days = ", ".join(map(str, own_days(session, account_id)))
        return cls(wanted_by(session, account_id), wished_by(session, [account_id])[account_id], days)
