"""Colours of panels: whatever is derived from them can be read, or the theme is refused."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import webapp
from webapp.domain.colour import contrast
from webapp.domain.themes import MEANING, READ, SEEN, Font, Illegible, Palette, Theme

CSS = (Path(webapp.__file__).parent / "static" / "css" / "base.css").read_text()
OURS = {"light": Palette("#2546c7", "#ffffff", "#171b24"), "dark": Palette("#96adff", "#181c25", "#e8ebf1")}
COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def declared() -> dict[str, dict[str, str]]:
    """The properties of the stylesheet, by scheme."""
    light, dark = re.findall(r":root \{(.*?)\n *\}", CSS, re.DOTALL)[:2]
    told = {"light": light, "dark": dark}
    return {scheme: dict(re.findall(r"--([a-z-]+): ([^;]+);", text)) for scheme, text in told.items()}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_that_mean_something_are_those_of_the_stylesheet(scheme: str) -> None:
    assert {name: declared()[scheme][name] for name in MEANING[scheme]} == MEANING[scheme]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_our_own_colours_would_be_taken(scheme: str) -> None:
    OURS[scheme].require_legible(scheme)
    assert OURS[scheme].colours().keys() - {"text"} <= declared()[scheme].keys()


@pytest.mark.parametrize(
    ("palette", "scheme", "said"),
    [
        (Palette("#2546c7", "#ffffff", "#888888"), "light", "text #888888 on surface #ffffff has a contrast of 3.54"),
        (Palette("#9fb4ff", "#ffffff", "#171b24"), "light", "accent #9fb4ff on surface #ffffff"),
        (Palette("#1b2f8f", "#ffcc00", "#171b24"), "light", "good #17663b on ground #f6c501"),
        (Palette("#2546c7", "#181c25", "#e8ebf1"), "dark", "accent #2546c7 on surface #181c25"),
    ],
)
def test_a_pair_that_nobody_can_read_is_named(palette: Palette, scheme: str, said: str) -> None:
    with pytest.raises(Illegible) as error:
        palette.require_legible(scheme)
    assert str(error.value).startswith(f"{scheme}: {said}")
    assert "needs 4.5" in str(error.value)


@given(COLOUR, COLOUR, COLOUR, st.sampled_from(["light", "dark"]))
def test_a_theme_is_taken_exactly_where_it_can_be_read(accent: str, surface: str, text: str, scheme: str) -> None:
    palette = Palette(accent, surface, text)
    known = palette.colours() | MEANING[scheme]
    legible = all(contrast(known[one], known[other]) >= 4.5 for one, other in READ)
    legible = legible and all(contrast(known[one], known[other]) >= 3 for one, other in SEEN)
    try:
        palette.require_legible(scheme)
    except Illegible:
        assert not legible
    else:
        assert legible


def test_a_stylesheet_has_another_name_once_it_is_another_one() -> None:
    light, dark = OURS.values()
    themes = [Theme(), Theme(light), Theme(light, radius=0), Theme(dark=dark), Theme(font=Font.SERIF)]
    assert len({theme.sheet_name("") for theme in themes}) == len(themes)


def test_the_dark_colours_hold_where_they_should() -> None:
    theme = Theme(OURS["light"], OURS["dark"])
    sheets = {scheme: theme.files()[theme.sheet_name(scheme)][1] for scheme in ("", "light", "dark")}
    assert all(sheet.count("--accent: #2546c7;") == sheet.count("--accent: #96adff;") == 1 for sheet in sheets.values())
    media = {scheme: re.findall(r"@media (.*?) \{", sheet) for scheme, sheet in sheets.items()}
    assert media == {"": ["(prefers-color-scheme: dark)"], "light": ["not all"], "dark": ["all"]}
    assert "--ink: #171b24;" in sheets[""] and "--text" not in sheets[""]
