"""The same page without script: links, buttons and pages."""

from playwright.sync_api import Page, expect

from tests.browsers.people import People, names, row, rows


def signed_in(people: People, path: str = "/services") -> Page:
    return people.signed_in("demo-fr", path, java_script_enabled=False)


def test_search_filter_sort_and_page(people: People) -> None:
    page = signed_in(people)
    page.locator("#q").fill("été")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("link", name="Remove the filter Search: été")).to_be_visible()
    page.get_by_role("link", name="Clear search and filters").click()
    page.locator("#more-filters summary").click()
    page.locator('[name="mode"][value="manual"]').check()
    page.locator('[name="type"][value="domain"]').check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.locator(".chip")).to_have_count(2)
    assert names(page) and all(text.startswith("Domain name") for text in page.locator("td.type").all_inner_texts())
    page.get_by_role("link", name="Remove the filter Type: Domain name").click()
    expect(page).to_have_url(f"{people.site}/services?mode=manual")
    page.locator("#views").click()
    page.get_by_role("link", name="All services").click()
    page.locator("#sort-name").click()
    expect(page.locator("[aria-sort]")).to_have_count(1)
    expect(page.locator("th.name[aria-sort=ascending]")).to_have_count(1)
    first = rows(page)
    page.get_by_role("button", name="Next", exact=True).click()
    assert not set(first) & set(rows(page))


def test_ticks_are_kept_by_a_button(people: People) -> None:
    page = signed_in(people)
    page.locator("tbody input").nth(2).check()
    page.locator("tbody input").nth(4).check()
    page.get_by_role("button", name="Keep the ticks of this page").click()
    expect(page.locator("#selection strong")).to_have_text("2 services selected")
    page.get_by_role("button", name="Select all 70 matching").click()
    expect(page.locator("#selection strong")).to_have_text("70 services selected")
    page.get_by_role("button", name="Clear the selection").click()
    expect(page.locator("tbody input:checked")).to_have_count(0)


def test_a_renewal_is_configured_up_to_its_receipt(people: People) -> None:
    page = signed_in(people, "/services?q=maison")
    line = row(page, "Gîte de la Maison bleue")
    line.get_by_role("link", name="Actions").click()
    page.get_by_role("link", name="Configure renewal").click()
    page.get_by_label("Automatic, every 2 years").check()
    page.get_by_role("button", name="Show what this means").click()
    expect(page.locator(".preview h2")).to_have_text("If it renews automatically, every 2 years")
    expect(page.locator(".debits tbody tr")).to_have_count(3)
    page.get_by_role("button", name="Confirm: automatic, every 2 years").click()
    expect(page).to_have_url(f"{people.site}/services/{_reference(page)}?back=q%3Dmaison")
    expect(page.locator(".receipt")).to_contain_text("Receipt number")
    page.get_by_role("link", name="Back to my services").click()
    expect(page.locator("#q")).to_have_value("maison")
    expect(row(page, "Gîte de la Maison bleue").locator(".badge")).to_have_class("badge good")


def _reference(page: Page) -> str:
    """What the receipt says of itself: the service's reference and the number of the change."""
    number = page.locator(".receipt .facts dd").last.inner_text()
    reference, event = number.split("/")
    return f"{reference}/events/{event}"


def test_an_invoice_is_read_and_saved(people: People) -> None:
    page = signed_in(people, "/invoices?state=paid")
    page.locator("tbody .name a").first.click()
    number = page.locator("h1").inner_text().split()[1]
    with page.expect_download() as saved:
        page.get_by_role("link", name="Download as PDF").click()
    assert number in saved.value.suggested_filename and saved.value.path().read_bytes().startswith(b"%PDF")
