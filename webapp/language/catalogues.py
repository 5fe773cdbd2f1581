"""The gettext catalogues under ``translations/``; English is the language of the source and needs none."""

from functools import lru_cache
from pathlib import Path

from babel.support import NullTranslations, Translations

TRANSLATIONS = Path(__file__).parents[2] / "translations"
LANGUAGES = {"en": "English", "fr": "Français"}
"""Every language with a complete catalogue, by its own name."""
DEFAULT = "en"


@lru_cache
def catalogue(language: str) -> NullTranslations:
    """Raises FileNotFoundError for a language without a compiled catalogue."""
    if language == DEFAULT:
        return NullTranslations()
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        return Translations(file)
