"""Every page of every kind of service for whoever has a role on it, read by the Nu Html Checker."""

from pathlib import Path

from tests.browsers.judges.nu import faults
from tests.cast.conftest import Cast
from tests.cast.test_whole_cast import PAGES
from webapp.language.catalogues import LANGUAGES

LISTS = (
    "/services?size=100",
    "/services/export",
    "/views",
    "/batches",
    "/batches/actions",
    "/invoices",
    "/account",
    "/account/security",
    "/payment-methods",
    "/balance",
)


def test_no_page_has_a_fault(cast: Cast, tmp_path: Path) -> None:
    sent: dict[str, bytes] = {}
    for language in sorted(LANGUAGES):
        for account in cast.browsers:
            client = cast.browser(account, language)
            held = [each.url for each in cast.contacts if each.account_id == account]
            urls = [*LISTS, *(f"{url}{page}" for url in held for page in ("", "/actions", *PAGES))]
            sent |= {f"{language} {account} {url}": client.get(url).data for url in urls}
    assert len(sent) > 500
    assert faults(sent, tmp_path) == []
