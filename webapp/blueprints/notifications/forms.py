from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from werkzeug.datastructures import MultiDict
from wtforms import SelectMultipleField, StringField

from ...domain.contacts import WISHES, Wish
from ...domain.mail_address import mail_address
from ...domain.pace import Pace
from ...domain.topics import OPTIONAL, Topic
from ...extensions import db
from ...language.catalogues import LANGUAGES
from ...operations.notifications import choices_of, own_days, wanted_by, wished_by
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
    pace: Pace
    language: str

    @classmethod
    def of(cls, sent: MultiDict[str, str]) -> Self:
        topics = [topic for topic in OPTIONAL if topic.value in sent.getlist("wanted")]
        wishes = [WISHES[each] for each in sent.getlist("as") if each in WISHES]
        paces = {pace.value: pace for pace in Pace}
        pace, language = paces.get(sent.get("pace", ""), Pace.TOGETHER), _known(sent.get("language"))
        return cls(topics, wishes, sent.get("days", ""), pace, language)

    @classmethod
    def kept(cls, account_id: int) -> Self:
        session = db.session()
        days = ", ".join(map(str, own_days(session, account_id)))
        pace, wished = choices_of(session, [account_id])[account_id].pace, wished_by(session, [account_id])[account_id]
        return cls(wanted_by(session, account_id), wished, days, pace, reader().language)
