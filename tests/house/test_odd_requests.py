"""Whatever somebody sends, the program answers in words: no request makes it fall over."""

from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import forget_counts
from tests.house.test_reach import Held, held
from tests.markup import HTMX, soup, token

__all__ = ["held"]

ODD = (
    *("", " ", "0", "-1", "9" * 30, "1e9", "1.5", "٣", "NaN", "null", "true", "yes", "no", "all", "none"),
    *(
        "\0",
        "\x7f",
        "\u202e",
        "\ufdfa" * 50,
        "\U000e0041",
        "é",
        "🥊",
        "a" * 3000,
        "%00",
        "%FF",
        "../..",
        "\\",
        "//evil",
    ),
    *("' OR 1=1 --", "%", "_", "{{7*7}}", "${7*7}", "<script>", '"><b>', "=1+1", "\r\nSet-Cookie: x=1", "javascript:0"),
    *("P12M", "P1M", "P0M", "P999M", "manual", "2026-02-30", "2026-12-31", "9999-12-31", "0001-01-01", "31", "name"),
)
VALUES = st.one_of(st.sampled_from(ODD), st.text(max_size=30))
HEADERS = {
    "Accept-Language": ("c", "*;q=-1", "fr;q=x", "é", "en," * 2000),
    "HX-Target": ("div#results", "div#nothing", "#", "div#%00", "é"),
    "HX-Current-URL": ("http://localhost/services?q=%FF", "x", "//evil", "http://[", "é"),
    "Referer": ("http://[", "x" * 5000),
    "Content-Type": (
        "application/json",
        "text/plain; charset=nothing",
        "multipart/form-data",
        "multipart/form-data; boundary=",
    ),
    "X-Forwarded-For": ("x", "::", "1" * 500),
    "Range": ("bytes=0-", "bytes=-1,x"),
    "If-Modified-Since": ("yesterday",),
}


def names_of_fields(held: Held) -> list[str]:
    """What the forms of all pages send, and what they may be asked for by."""
    names = {"page", "size", "sort", "order", "back", "seen", "next", "separator", "headings", "mark", "code"}
    for _endpoint, url, _hers in held.addresses("GET"):
        page = held.client.get(url, buffered=True)
        if page.mimetype == "text/html":
            names |= {str(field["name"]) for field in soup(page).select("[name]") if field.name != "meta"}
    forget_counts(held.world.app)
    return sorted(names - {"csrf_token"})


def test_no_request_makes_it_fall_over(held: Held, request: pytest.FixtureRequest) -> None:
    rules = [rule for rule in held.world.app.url_map.iter_rules() if not rule.endpoint.endswith(".leave")]
    fields = st.lists(st.tuples(st.sampled_from(names_of_fields(held)), VALUES), max_size=6)
    headers = st.lists(st.sampled_from([(name, value) for name in HEADERS for value in HEADERS[name]]), max_size=2)
    client, csrf = held.client, token(held.client)

    @settings(
        max_examples=request.config.getoption("--odd"),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data(), st.sampled_from(rules), fields, fields, headers, st.booleans(), st.booleans())
    def ask(
        data: st.DataObject,
        rule: Any,
        query: list[tuple[str, str]],
        form: list[tuple[str, str]],
        more: list[tuple[str, str]],
        posting: bool,
        swapping: bool,
    ) -> None:
        part = rule.endpoint.split(".")[1]
        known = held.named.get(part, {})
        url = rule.rule
        for name in rule.arguments:
            start, end = url.index("<"), url.index(">")
            value = data.draw(st.one_of(st.just(str(known.get(name, "1"))), VALUES), label=name)
            url = url[:start] + quote(value, safe="") + url[end + 1 :]
        if query:
            url += "?" + urlencode(query, errors="surrogatepass")
        sent = {"method": "POST", "data": _joined(form, csrf)} if posting else {"method": "GET"}
        forget_counts(held.world.app)
        answer = client.open(url, headers=[*(HTMX.items() if swapping else ()), *more], buffered=True, **sent)
        assert answer.status_code < 500 or part == "health", (url, answer.status_code)

    ask()


def _joined(form: list[tuple[str, str]], csrf: str) -> dict[str, list[str]]:
    joined: dict[str, list[str]] = {"csrf_token": [csrf]}
    for name, value in form:
        joined.setdefault(name, []).append(value)
    return joined
