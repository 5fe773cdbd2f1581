"""Every template compiles, carries no script or style of its own, and sends every form with its token."""

import re
from pathlib import Path

import pytest
from flask import Flask

import webapp

FOLDER = Path(webapp.__file__).parent / "templates"
LETTER = "mail/letter.html"
"""What mail programs show: it brings its look along, in one place."""
TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_compiles(app: Flask, name: str) -> None:
    app.jinja_env.get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_has_no_inline_script_or_style_and_no_attribute_that_light_browsers_ignore(name: str) -> None:
    text = (FOLDER / name).read_text()
    if name == LETTER:
        text = re.sub(r"<style>.*</style>", "", text, flags=re.DOTALL)
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|hx-on|\bjs:|<script(?![^>]*src=)", text)
    assert not re.search(r"formaction|formmethod|\sform=|<dialog|<template", text)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_form_that_changes_something_has_the_token(name: str) -> None:
    text = (FOLDER / name).read_text()
    for form in re.findall(r"<form.*?</form>", text, re.DOTALL):
        included = [(FOLDER / part).read_text() for part in re.findall(r'include "([^"]+)"', form)]
        assert ('method="post"' not in form) or any("token()" in part for part in (form, *included))


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_link_that_htmx_takes_over_is_a_link_without_it(name: str) -> None:
    text = (FOLDER / name).read_text()
    for link in re.findall(r"<a [^>]*hx-get[^>]*>", text):
        assert "href=" in link


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_is_small_enough_to_read(name: str) -> None:
    lines = (FOLDER / name).read_text().splitlines()
    assert len(lines) <= 80
    assert max(map(len, lines)) <= 160


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_button_has_a_value_that_a_text_browser_would_show_instead_of_its_label(name: str) -> None:
    buttons = re.findall(r"<button[^>]*>", (FOLDER / name).read_text(), re.DOTALL)
    assert [each for each in buttons if " value=" in each and 'name="email"' not in each] == []


RUN_TOGETHER = re.compile(r"(?:\}\}|\w)\{% (?:if|for|elif|trans)\b[^%]*%\}\n\s*(?:\{% trans|\{\{ |\w)")
"""The line's end and the spaces after it go with the tag, and what stands on the next line follows without one."""


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_word_runs_into_the_next_one(name: str) -> None:
    assert not RUN_TOGETHER.findall((FOLDER / name).read_text(encoding="utf-8"))


NAMES_ACTION = re.compile(r"""(?<!for )\baction\b(?:\.value)?\s*(?:==|!=|in\b)|\baction\b\s+is\s|==\s*\S*\baction\b""")


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_decides_nothing_by_the_name_of_an_action(name: str) -> None:
    """What is different for an action stands in its record."""
    code = re.findall(r"{[{%].*?[%}]}", (FOLDER / name).read_text(), re.DOTALL)
    assert [each for each in code if NAMES_ACTION.search(each)] == []


def test_a_decision_by_the_name_of_an_action_would_be_seen() -> None:
    for planted in ('{% if batch.action == "renew" %}', "{% if row.action in x %}", "{{ 1 if 'a' == action }}"):
        assert NAMES_ACTION.search(planted)
