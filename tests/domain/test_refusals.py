"""What is said of one service and of many."""

import re
from importlib import import_module
from pkgutil import walk_packages

import pytest

import webapp.domain
from webapp.domain.refusals import _KNOWN, Reason
from webapp.domain.service.reasons import EXPIRED, ONE_OFF

for module in walk_packages(webapp.domain.__path__, f"{webapp.domain.__name__}."):
    import_module(module.name)

OF_ONE = re.compile(r"\b([Tt](his|he) (service|product|bill)|this type|A domain name|Its?)\b")
FORMS = {"agreement-missing", "no-companion", "no-such-choice", "order-over"}
"""Said beside a field of one service’s own form only."""


@pytest.mark.parametrize("reason", _KNOWN.values(), ids=lambda reason: reason.code)
def test_a_reason_that_speaks_of_one_service_speaks_of_many_too(reason: Reason) -> None:
    if OF_ONE.search(reason.message) and reason.code not in FORMS:
        assert reason.heading
    assert not OF_ONE.search(reason.heading)
    assert "%(" not in reason.heading


def test_one_service_in_a_batch_is_spoken_of_as_one() -> None:
    assert ONE_OFF.of(1) == ONE_OFF.message
    assert ONE_OFF.of(2) == ONE_OFF.heading


def test_a_heading_never_names_the_day_of_one_row() -> None:
    assert EXPIRED.of(1) == EXPIRED.of(2) == EXPIRED.heading


def test_a_code_means_one_reason() -> None:
    with pytest.raises(ValueError, match="two reasons go by the code one-off"):
        Reason(ONE_OFF.code, "Another")
