"""Mails as mail programs draw them: only what those know, legible, light, and the same facts as in the text."""

import re

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from tests.messages.samples import MESSAGES, mail
from webapp.adapters.mail.port import Mail
from webapp.domain.colour import LEGIBLE, contrast
from webapp.domain.messages import Message
from webapp.rules.loader import load

ELEMENTS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "p",
    "a",
    "br",
    "span",
}
"""Known to every mail program."""
ATTRIBUTES = {
    "lang",
    "charset",
    "name",
    "content",
    "role",
    "class",
    "align",
    "cellpadding",
    "cellspacing",
    "border",
    "scope",
    "href",
}
PROPERTIES = {
    "margin",
    "padding",
    "padding-left",
    "padding-right",
    "background-color",
    "color",
    "font-family",
    "font-size",
    "font-weight",
    "line-height",
    "width",
    "display",
    "max-width",
    "border-bottom",
    "border-top",
    "border-color",
    "border-collapse",
    "border-radius",
    "text-align",
    "vertical-align",
    "word-break",
    "white-space",
    "text-decoration",
}
"""Known to nearly every mail program, and missed little where one is not."""
SELECTORS = re.compile(r"^[a-z]*( ?\.?[a-z]+)*(, ?\.?[a-z]+( \.?[a-z]+)*)*$")
LARGEST = 30_000
WIDEST = 78
EVERY = pytest.mark.parametrize("message", MESSAGES, ids=[f"{at}-{each.kind}" for at, each in enumerate(MESSAGES)])
LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])


def plain(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").replace("\u202f", " ").split())


def rules(css: str) -> list[tuple[str, str]]:
    """Each selector with its declarations; what stands in a query stands for itself."""
    return re.findall(r"([^{}@]+)\{([^{}]*)\}", re.sub(r"@media[^{]+\{", "", css))


@LANGUAGES
@EVERY
def test_only_what_mail_programs_draw(app: Flask, message: Message, language: str) -> None:
    sent = mail(app, message, language)
    drawn = BeautifulSoup(sent.html, "html.parser")
    assert {each.name for each in drawn.find_all()} <= ELEMENTS
    assert {name for each in drawn.find_all() for name in each.attrs} <= ATTRIBUTES
    for selector, declarations in rules(drawn.style.string or ""):
        assert SELECTORS.match(selector.strip()), selector
        assert {each.partition(":")[0].strip() for each in declarations.split(";") if each.strip()} <= PROPERTIES
    used = {name for each in drawn.find_all() for name in each.get("class", [])}
    assert used <= set(re.findall(r"\.([a-z]+)", drawn.style.string))
    assert len(sent.html.encode()) < LARGEST
    assert drawn.html["lang"] == language and drawn.title.string == sent.subject


@LANGUAGES
@EVERY
def test_both_parts_tell_the_same(app: Flask, message: Message, language: str) -> None:
    """Each cell is in the text, each line of the text is in the page or made of its cells."""
    sent = mail(app, message, language)
    drawn, text = BeautifulSoup(sent.html, "html.parser"), plain(sent.text)
    for cell in drawn.select(".rows tbody th a, .rows tbody td, .rows .note, .told p, .button a, .from .why, .from a"):
        assert plain(cell.get_text()) in text
    leads = {str(link["href"]) for link in drawn.select(".told > p a, .button a, .rows br + a, .from a")}
    assert leads == {line.strip() for line in sent.text.splitlines() if line.strip().startswith("https://")}
    assert text.count("- ") >= len(drawn.select(".rows tbody tr"))


@LANGUAGES
@EVERY
def test_the_text_is_narrow_enough_for_a_terminal(app: Flask, message: Message, language: str) -> None:
    lines = [line for line in mail(app, message, language).text.splitlines() if " " in line.strip()]
    assert max(map(len, lines)) <= WIDEST


def test_a_letter_to_a_business_of_another_seller_has_its_name_and_its_colour(app: Flask) -> None:
    sent = mail(app, MESSAGES[0], "en", "DE")
    assert "Echeance Muster GmbH" in sent.html and "background-color: #0f5f4f" in sent.html
    assert sent.sender == ("Echeance Muster GmbH", "support@demo.example")


def colours(sent: Mail, *, dark: bool) -> dict[str, dict[str, str]]:
    """The colours of each selector, the later ones on top."""
    style = BeautifulSoup(sent.html, "html.parser").style.string or ""
    light, _query, night = style.partition("@media (prefers-color-scheme: dark) {")
    told: dict[str, dict[str, str]] = {}
    for several, declarations in [*rules(light), *(rules(night) if dark else [])]:
        for selector in several.split(","):
            found_ = re.findall(r"(?<![a-z-])(background-color|color): (#[0-9a-f]{6})", declarations)
            told.setdefault(selector.strip(), {}).update(found_)
    return told


@pytest.mark.parametrize("dark", [False, True])
def test_everything_is_legible(app: Flask, dark: bool) -> None:
    for portal in ("FR", "DE", "QC"):
        told = colours(mail(app, MESSAGES[0], "en", portal), dark=dark)
        ground = told[".letter"]["background-color"]
        for selector in (".letter", "a", ".rows thead th", ".rows .note", ".from"):
            assert contrast(told[selector]["color"], ground) >= LEGIBLE, selector
        assert contrast(told[".sender"]["color"], told[".sender"]["background-color"]) >= LEGIBLE
        assert contrast(told[".button a"]["color"], told[".button"]["background-color"]) >= LEGIBLE


def test_every_seller_of_the_demo_has_a_colour_that_white_is_legible_on() -> None:
    assert all(contrast(each.seller.colour, "#ffffff") >= LEGIBLE for each in load().portals.values())
