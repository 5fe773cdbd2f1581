"""The gettext catalogues under ``translations/``; English is the language of the source and needs none."""

from functools import lru_cache
from pathlib import Path

from babel.support import NullTranslations, Translations

TRANSLATIONS = Path(__file__).parents[2] / "translations"
LANGUAGES = {"en": "English", "fr": "Français"}
"""Every language with a complete catalogue, by its own name."""
DEFAULT = "en"
VARIANTS = ("fr_CA",)
"""Catalogues of nothing but what a territory says otherwise."""


@lru_cache
def catalogue(language: str, territory: str = "") -> NullTranslations:
    """What is said otherwise in that territory, if anything is, before what is said everywhere.

    Raises FileNotFoundError for a language without a compiled catalogue.
    """
    if language == DEFAULT:
        return NullTranslations()
    said = _read(language)
    if f"{language}_{territory}" not in VARIANTS:
        return said
    own = _read(f"{language}_{territory}")
    own.add_fallback(said)
    return own


def _read(name: str) -> Translations:
    with (TRANSLATIONS / name / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        return Translations(file)
