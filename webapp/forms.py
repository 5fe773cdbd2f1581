"""What every form of the product shares."""

from flask_wtf import FlaskForm


class PortalForm(FlaskForm):  # type: ignore[misc]
    """Parses and checks shape only; the token is checked for every POST before any form is."""

    class Meta:
        csrf = False
        locales = ("en",)
