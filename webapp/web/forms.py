"""What every form of the product shares."""

from flask_wtf import FlaskForm


def plain(text: str | None) -> str:
    """A line of text without the characters that have no place in one, such as NUL."""
    return " ".join("".join(char if char.isprintable() else " " for char in text or "").split())


class PortalForm(FlaskForm):  # type: ignore[misc]
    """Parses and checks shape only; the token is checked for every POST before any form is."""

    class Meta:
        csrf = False
        locales = ("en",)
