"""The table and the sign-in before Lighthouse, on a phone and on a desktop."""

import pytest

from tests.browsers.judges.lighthouse import CATEGORIES, FORMS, marks
from tests.browsers.people import People

ATTEMPTS = 3
"""Its clock runs on this machine: another program that works at the same time costs points, and nothing gives any."""


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", ["/login", "/services"])
def test_all_marks_are_full(people: People, path: str, form: str) -> None:
    cookies = ""
    if path != "/login":
        page = people.signed_in("demo-fr", path)
        cookies = "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies())
    best = dict.fromkeys(CATEGORIES, 0)
    for _attempt in range(ATTEMPTS):
        given = marks(f"{people.site}{path}", cookies, form)
        best = {name: max(best[name], given[name]) for name in CATEGORIES}
        if set(best.values()) == {100}:
            break
    assert best == dict.fromkeys(CATEGORIES, 100)
