"""Every kind of page, by its name: where it is and what has to be done there to see it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browsers.people import choose_another, first_service


def mistype_passwords(page: Page) -> None:
    page.locator("#new").fill("short")
    page.locator("main button.primary").first.click()
    expect(page.locator("main .problem")).to_be_visible()


def mistype_days(page: Page) -> None:
    page.locator("#days").fill("soon")
    page.locator("main button.primary").first.click()
    expect(page.locator("main .problem")).to_be_visible()


def name_further(page: Page) -> None:
    if not page.locator("#further ~ .history").count():
        page.locator("#address").fill("bookkeeper-of-a-very-long-name@accountants.example")
        page.locator('form[action$="/addresses"] button').click()
    expect(page.locator("main .history li").first).to_be_visible()


def nothing(page: Page) -> None:
    expect(page.locator("h1")).to_be_visible()


def follow_first_name(page: Page) -> None:
    page.locator("tbody th.name a").first.click()
    expect(page.locator("#terms")).to_be_visible()


def follow_more(page: Page) -> None:
    """The menu's page, as whoever has no script sees it."""
    page.goto(str(page.locator("tbody .more").first.get_attribute("href")))
    expect(page.locator(".actions-list")).to_be_visible()


def open_receipt(page: Page) -> None:
    """The renewal on its own page, changed from what it is now, up to the receipt."""
    page.goto(f"{first_service(page)}/renewal")
    choose_another(page)
    page.locator(".preview button.primary").click()
    expect(page.locator(".receipt")).to_be_visible()


def open_configuration(page: Page) -> None:
    page.goto(f"{first_service(page)}/renewal")
    choose_another(page)
    expect(page.locator(".preview button.primary")).to_be_visible()


def open_menu(page: Page) -> None:
    page.locator("tbody .more").first.click()
    expect(page.locator("#row-menu li").first).to_be_visible()


def open_dialog(page: Page) -> None:
    open_menu(page)
    page.locator("#row-menu .act").first.click()
    expect(page.locator("dialog[open] h1")).to_be_visible()
    expect(page.locator("[aria-busy]")).to_have_count(0)


def open_cancellation(page: Page) -> None:
    """Of a service that has companions."""
    page.goto(f"{first_service(page)}/cancel")
    expect(page.locator("input[name=with]").first).to_be_visible()


def open_cancellation_dialog(page: Page) -> None:
    open_menu(page)
    page.locator('#row-menu .act[href*="/cancel"]').first.click()
    expect(page.locator("dialog[open] button.grave")).to_be_visible()


def open_lapsing(page: Page) -> None:
    page.goto(f"{first_service(page)}/cancel")
    expect(page.locator("#what")).to_be_visible()


def cancel(page: Page) -> None:
    """Up to the receipt, which asks why."""
    service = first_service(page)
    page.goto(f"{service}/cancel")
    if page.locator("button.grave").count():
        page.locator("button.grave").click()
    else:
        page.goto(f"{service}/cancel/undo")
        page.locator("button[name='action.confirm']").click()
    expect(page.locator(".receipt code").first).to_be_visible()


def print_receipt(page: Page) -> None:
    cancel(page)
    page.goto(str(page.locator('a[href$="/print"]').get_attribute("href")))
    expect(page.locator(".paper")).to_be_visible()


def verify_receipt(page: Page) -> None:
    cancel(page)
    page.locator('.receipt dd a[href*="/receipts/"]').click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def open_undo(page: Page) -> None:
    service = first_service(page)
    page.goto(f"{service}/cancel/undo")
    if not page.locator("button[name='action.confirm']").count():
        page.goto(f"{service}/cancel")
        page.locator("button.grave").click()
        expect(page.locator(".receipt")).to_be_visible()
        page.goto(f"{service}/cancel/undo")
    expect(page.locator("button[name='action.confirm']")).to_be_visible()


def open_renewing(page: Page) -> None:
    """With a companion, and something that is not offered with it."""
    page.goto(f"{first_service(page)}/anticipate")
    page.locator("input[name=with]").first.check()
    expect(page.locator(".debits tbody tr")).to_have_count(2)


def open_renewing_dialog(page: Page) -> None:
    page.locator("tbody .actions > a").first.click()
    expect(page.locator("dialog[open] #duration")).to_be_visible()


def order_without_address(page: Page) -> None:
    """By a business that has told none yet."""
    page.goto(f"{first_service(page)}/anticipate")
    page.locator("button[name='action.order']").click()
    expect(page.locator("#address")).to_be_visible()


def refuse_duration(page: Page) -> None:
    page.goto(f"{first_service(page)}/anticipate")
    page.locator("#duration input").first.evaluate("radio => { radio.value = 'P7M'; radio.checked = true; }")
    page.locator("button[name='action.order']").click()
    expect(page.locator(".acting .problem")).to_be_visible()


def follow_order(state: str) -> Callable[[Page], None]:
    def follow(page: Page) -> None:
        page.locator(f"tr:has([data-state={state}]) .name a").last.click()
        expect(page.locator("#order")).to_be_visible()

    return follow


def open_filters(page: Page) -> None:
    page.locator("#more-filters > summary").click()
    page.locator(".keep > summary").click()
    expect(page.locator("#view-name")).to_be_visible()


def keep_nameless_view(page: Page) -> None:
    """Keep a view without a name."""
    page.locator(".keep > summary").click()
    page.locator(".keep button.primary").click()
    expect(page.locator(".problem")).to_be_visible()


def select_all(page: Page) -> None:
    page.locator("#selection-all").click()
    expect(page.locator("#selection .count")).to_be_visible()
    page.locator("#batch-actions summary").click()
    expect(page.locator("#batch-actions small").first).to_be_visible()


def open_batch(page: Page) -> None:
    select_all(page)
    page.locator('#batch-actions button[name="action.disable-automatic"]').click()
    expect(page.locator("#totals")).to_be_visible()


def open_batch_of(action: str) -> Callable[[Page], None]:
    def open_it(page: Page) -> None:
        select_all(page)
        page.locator(f'#batch-actions button[name="action.{action}"]').click()
        expect(page.locator("#totals")).to_be_visible()

    return open_it


def open_aligning(page: Page) -> None:
    page.goto(f"{first_service(page)}/align")
    expect(page.locator(".days")).to_be_visible()


def open_aligning_dialog(page: Page) -> None:
    open_menu(page)
    page.locator('#row-menu .act[href*="/align"]').first.click()
    expect(page.locator("dialog[open] .days")).to_be_visible()


def open_choosing(page: Page) -> None:
    select_all(page)
    page.locator('#batch-actions button[name="action.align"]').click()
    expect(page.locator(".days")).to_be_visible()


def open_aligned(page: Page) -> None:
    open_choosing(page)
    page.locator("main button[name='action.day']").click()
    expect(page.locator("#totals")).to_be_visible()


def open_paying(page: Page) -> None:
    page.goto(f"{first_service(page)}/pay")
    expect(page.locator(".deciding")).to_be_visible()


def follow_document(page: Page) -> None:
    page.locator("tbody th.name a").first.click()
    expect(page.locator(".invoiced")).to_be_visible()


def type_nonsense(page: Page) -> None:
    page.locator("#vat_number").fill("12345")
    page.get_by_role("button", name=re.compile("Save|Enregistrer")).click()
    expect(page.locator(".problem")).to_be_visible()


def open_result(page: Page) -> None:
    """Of a batch, and then of the one that puts everything back."""
    open_batch(page)
    for _each in range(2):
        page.locator("button[name='action.confirm']").click()
        expect(page.locator(".badge[data-state=done]")).to_be_visible()
        if undo := page.locator("button[name='action.undo']").all()[: 1 - _each]:
            undo[0].click()
            expect(page.locator("#totals")).to_be_visible()


def name_method_too_long(page: Page) -> None:
    page.locator("input[name=description]").first.fill("x" * 80)
    page.locator("[name='action.describe']").first.click()
    expect(page.locator("main .problem")).to_be_visible()


def sign_mandate(page: Page) -> None:
    """At the provider, where the bank takes its time."""
    page.locator("[name='action.add-debit']").click()
    page.locator("[name=outcome][value=later]").click()
    expect(page.locator("main .sheet h1")).to_be_visible()


def read_mandate(page: Page) -> None:
    if not page.locator("a[href*='/mandate']").count():
        sign_mandate(page)
        page.goto("/payment-methods")
    page.locator("a[href*='/mandate']").first.click()
    expect(page.locator("article h1")).to_be_visible()


def share_calendar(page: Page) -> None:
    if not page.locator("#private").count():
        page.locator("button[name='action.share']").click()
    expect(page.locator("#private")).to_be_visible()


def follow_request(page: Page) -> None:
    """From the invoice whose payment was taken back to what asks for it again."""
    follow_document(page)
    page.locator(".facts a[href*='-R0']").click()
    expect(page.locator("article h1")).to_contain_text(re.compile("-R0"))


def follow_order_of_document(page: Page) -> None:
    follow_document(page)
    page.locator(".facts a[href*='/orders/']").click()
    expect(page.locator("#order .warning")).to_be_visible()


def fail_to_sign_in(page: Page) -> None:
    page.locator("#email").fill("demo-fr@demo.example")
    page.locator("#password").fill("wrong")
    page.locator("main form button.primary").click()
    expect(page.locator(".problem")).to_be_visible()


@dataclass(frozen=True, slots=True)
class Kind:
    path: str
    prepare: Callable[[Page], None] = nothing
    handle: str = "demo-fr"
    """Who looks at it; a stranger where it is empty."""


def wait_for_mail(page: Page) -> None:
    """What has happened to the demo’s customers is told as soon as the program runs."""
    expect(page.locator("h1")).to_be_visible()
    for _time in range(20):
        if page.locator("main table a").count():
            return
        page.wait_for_timeout(500)
        page.reload()


def follow_link(page: Page) -> None:
    """What a mail leads to without a sign-in: the first one that does."""
    wait_for_mail(page)
    for mail in [str(each.get_attribute("href")) for each in page.locator("main table a").all()]:
        page.goto(mail)
        link = page.locator(".typed a[href*='/links/']")
        if link.count():
            page.goto(re.sub(r"^https?://[^/]+", "", str(link.first.get_attribute("href"))))
            expect(page.locator("main form button")).to_be_visible()
            return
    raise AssertionError("no mail leads to anything")


def follow_mail(page: Page) -> None:
    wait_for_mail(page)
    page.locator("main table a").first.click()
    expect(page.locator(".typed")).to_be_visible()


KINDS = {
    "sign-in": Kind("/login", handle=""),
    "sign-in-error": Kind("/login", fail_to_sign_in, handle=""),
    "services": Kind("/services"),
    "services-filtered": Kind("/services?q=castaing&mode=manual&from=2026-02-30", open_filters),
    "services-none": Kind("/services?q=nothing-like-this"),
    "services-new-account": Kind("/services", handle="demo-new"),
    "services-menu": Kind("/services?q=certificat+generique&bill=unpaid", open_menu),
    "service-actions": Kind("/services?bill=unpaid", follow_more),
    "service": Kind("/services?q=fonds+photographique", follow_first_name),
    "configure": Kind("/services?q=fonds+photographique", open_configuration),
    "dialog": Kind("/services?q=fonds+photographique", open_dialog),
    "receipt": Kind("/services?q=jardin", open_receipt),
    "cancel": Kind("/services?q=festival-des-brumes&type=hosting", open_cancellation),
    "cancel-dialog": Kind("/services?q=vigie", open_cancellation_dialog),
    "cancel-manual": Kind("/services?status=expires", open_lapsing),
    "cancel-receipt": Kind("/services?q=passerelle-studio", cancel),
    "cancel-print": Kind("/services?q=sauvegarde-photos", print_receipt),
    "renew": Kind("/services?q=hebergement+du+portfolio", open_renewing),
    "renew-dialog": Kind("/services?q=jeux", open_renewing_dialog),
    "renew-refused": Kind("/services?q=hebergement+du+portfolio", refuse_duration),
    "order": Kind("/account", follow_order("open")),
    "order-address": Kind("/services?role=owner&mode=automatic", order_without_address, handle="demo-agency"),
    "order-paid": Kind("/account", follow_order("paid")),
    "order-credited": Kind("/account", follow_order("discarded")),
    "account": Kind("/account"),
    "account-error": Kind("/account", type_nonsense),
    "methods": Kind("/payment-methods", handle="demo-agency"),
    "methods-none": Kind("/payment-methods?next=/services", handle="demo-new"),
    "methods-error": Kind("/payment-methods", name_method_too_long, handle="demo-agency"),
    "method-added": Kind("/payment-methods", sign_mandate, handle="demo-tech"),
    "mandate": Kind("/payment-methods", read_mandate, handle="demo-tech"),
    "balance": Kind("/balance"),
    "mails": Kind("/account/mails", wait_for_mail),
    "mail": Kind("/account/mails", follow_mail),
    "link": Kind("/account/mails", follow_link),
    "link-useless": Kind("/links/none"),
    "days": Kind("/clock"),
    "calendar": Kind("/calendar", share_calendar),
    "calendar-compared": Kind("/calendar?if=P12M"),
    "security": Kind("/account/security"),
    "security-error": Kind("/account/security", mistype_passwords),
    "notifications": Kind("/account/notifications"),
    "notifications-error": Kind("/account/notifications", mistype_days),
    "notifications-further": Kind("/account/notifications", name_further),
    "pay": Kind("/services?q=certificat+generique&bill=unpaid", open_paying),
    "invoices": Kind("/invoices"),
    "invoice": Kind("/invoices?state=paid", follow_document),
    "invoice-returned": Kind("/invoices?state=returned", follow_document),
    "payment-request": Kind("/invoices?state=returned", follow_request),
    "order-returned": Kind("/invoices?state=returned", follow_order_of_document),
    "align": Kind("/services?q=ligne+du+studio", open_aligning),
    "align-dialog": Kind("/services?q=base+du+nuage", open_aligning_dialog),
    "batch-days": Kind("/services", open_choosing),
    "batch-align": Kind("/services?mode=automatic", open_aligned),
    "batch-renew": Kind("/services?type=domain", open_batch_of("renew")),
    "undo": Kind("/services?q=tirages-castaing&type=domain", open_undo),
    "receipt-check": Kind("/receipts", handle=""),
    "receipt-unknown": Kind("/receipts/AAAA-AAAA-AAAA-AAAA", handle=""),
    "receipt-verified": Kind("/services?q=palimpseste", verify_receipt),
    "selection": Kind("/services?q=recettes", select_all),
    "batch-preview": Kind("/services?q=recettes", open_batch),
    "batch-result": Kind("/services?q=recettes", open_result),
    "batches": Kind("/batches"),
    "batch-actions": Kind("/batches/actions"),
    "export": Kind("/services/export?q=castaing"),
    "views": Kind("/views"),
    "views-error": Kind("/services?q=castaing", keep_nameless_view),
    "styleguide": Kind("/styleguide", handle=""),
    "styleguide-light": Kind("/styleguide/light", handle=""),
    "styleguide-dark": Kind("/styleguide/dark", handle=""),
    "not-found": Kind("/nothing/here"),
}
