"""Reading answers the way their readers do."""

from typing import Any, cast
from weakref import WeakKeyDictionary

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

TOKENS: WeakKeyDictionary[FlaskClient, dict[str, str]] = WeakKeyDictionary()
"""By the secret of the session."""
FIELD = "input[name=csrf_token]"
FRAMED_FORM = "/account/notifications"
"""Pages in frames have no form that all of them share."""
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Current-URL": "http://localhost/services"}


def soup(response: TestResponse) -> BeautifulSoup:
    """Read once, however often it is looked at."""
    kept = vars(response)
    if "read" not in kept:
        kept["read"] = BeautifulSoup(response.get_data(as_text=True), "html.parser")
    return cast(BeautifulSoup, kept["read"])


def found(response: TestResponse, selector: str) -> Tag:
    """The one element that the selector means."""
    (element,) = soup(response).select(selector)
    return element


def said(response: TestResponse, selector: str = "body") -> str:
    """The words of an element, spaces folded."""
    return " ".join(found(response, selector).get_text(" ").split())


def names(response: TestResponse) -> list[str]:
    """The services of the table, in order."""
    return [link.get_text(strip=True) for link in soup(response).select("tbody th.name a")]


def htmx(target: str) -> dict[str, str]:
    """The headers of htmx when it replaces that element."""
    return HTMX | {"HX-Target": f"div#{target}"}


def token(client: FlaskClient) -> str:
    """The form token of a signed-in browser, as its pages carry it: another one once its session is another one."""
    if not client._cookies:
        return str(soup(client.get(FRAMED_FORM)).select(FIELD)[0]["value"])
    with client.session_transaction() as session:
        secret = str(session.get("csrf_token"))
    tokens = TOKENS.setdefault(client, {})
    if secret not in tokens:
        field = next(field for url in ("/views", FRAMED_FORM) for field in soup(client.get(url)).select(FIELD))
        with client.session_transaction() as session:
            secret = str(session["csrf_token"])
        tokens[secret] = str(field["value"])
    return tokens[secret]


def post(client: FlaskClient, url: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
    """Send a form with its token."""
    return client.post(url, data={"csrf_token": token(client)} | (data or {}), **options)


def confirmation(page: TestResponse) -> dict[str, str]:
    """What the form that confirms an act carries, as it is drawn; empty where there is none."""
    fields = soup(page).select(".acting form[method=post] input[type=hidden]")
    return {str(field["name"]): str(field["value"]) for field in fields}


def confirm(client: FlaskClient, service: str, choice: str) -> TestResponse:
    """Look at a way of renewing and confirm what is shown."""
    url = f"/services/{service}/renewal"
    return post(client, url, confirmation(client.get(f"{url}?choice={choice}")))
