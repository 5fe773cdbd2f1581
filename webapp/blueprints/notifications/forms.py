from wtforms import SelectMultipleField, StringField

from ...domain.mail_address import mail_address
from ...language.catalogues import LANGUAGES
from ...web.forms import PortalForm
from ...web.reader import reader


def _known(language: str | None) -> str:
    return language if language in LANGUAGES else reader().language


class FurtherForm(PortalForm):
    """A further address, as it is named."""

    address = StringField(filters=[lambda typed: mail_address(typed or "")])
    shares = SelectMultipleField(validate_choice=False, choices=[])
    language = StringField(filters=[_known])
