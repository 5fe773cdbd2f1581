from functools import partial

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from ...documents.invoice import document_title
from ...documents.register import register_file
from ...domain.listing.register import DocumentState, Register, RegisterSort, read_register
from ...domain.refusals import Refusal, Refused
from ...extensions import db
from ...operations.invoices.register import export, listed
from ...operations.invoices.show import NoSuchDocument, ShownDocument, show_document
from ...operations.orders.for_bills import order_all, order_bills, order_invoices
from ...web.acting import Acting, Outcome
from ...web.addresses import address_of
from ...web.files import Rows, as_csv, as_pdf, as_workbook, wanted_format
from ...web.forms import is_drawn_anew
from ...web.hypermedia import go, page
from ...web.pace import paced
from ...web.papers import invoice_on_paper
from ...web.paying import obstacle, provider, to_the_provider, wanted_means
from ...web.reader import gettext as _
from ...web.reader import reader
from ...web.viewing import desk
from ...wiring import rules
from ...wording.bills import caption, deletions, legal, quantity, restoring, seller
from ...wording.facts import PAID
from ...wording.why_bills import why_document
from .forms import InvoicesForm, PayForm
from .pay_page import pay_page

blueprint = Blueprint("invoices", __name__)
PAY = "/services/<reference:reference>/pay"
PAYING = Acting("invoices/_pay.html", "pay", pay_page, PAID, redraws_row=False)
ORDER, CHOSEN, ALL = "order", "pay", "pay-"
NONE: frozenset[str] = frozenset()


@blueprint.get(PAY)
def pay(reference: str) -> Response:
    return PAYING.show(reference, PayForm(request.args))


@blueprint.post(PAY, endpoint="order_bills")
@paced("orders", unless=is_drawn_anew(ORDER))
def order(reference: str) -> Response:
    """Without the button that orders, the page is drawn with what was chosen."""
    form = PayForm(request.form)
    if form.action.data != ORDER:
        return PAYING.show(reference, form)
    return PAYING.act(reference, form, lambda: _placed(form, reference))


def _placed(form: PayForm, reference: str) -> Outcome:
    provider()
    wanted = wanted_means(form.means.data)
    placed = order_bills(form.command(reference), desk())
    return Outcome(to_the_provider(placed.code, form.came, wanted.method), changed=True, finds_back=False)


@blueprint.get("/invoices")
def index() -> Response:
    return _draw(NONE)


@blueprint.post("/invoices", endpoint="order_invoices")
@paced("orders")
def order_several() -> Response:
    """``pay`` orders the payment of those that are ticked, ``pay-FR-EUR`` of all of that seller in that currency."""
    form = InvoicesForm()
    action = form.action.data or ""
    try:
        if action == CHOSEN:
            provider()
            placed = order_invoices(form.codes, desk())
        elif action.startswith(ALL):
            provider()
            placed = order_all(action.removeprefix(ALL), desk())
        else:
            return _draw(form.codes)
    except Refused as refused:
        return _draw(form.codes, refused.refusal)
    return go(address_of("orders.show", code=placed.code))


def _draw(ticked: frozenset[str], refused: Refusal | None = None) -> Response:
    register, unusable = read_register(request.args.to_dict(flat=False))
    title, shown = _("My bills"), listed(db.session(), register, desk())
    ordered = caption(register, shown, reader())
    return page(
        "invoices/index.html",
        title=_("Error: %(title)s", title=title) if refused else title,
        regions={"documents": "invoices/_documents.html"},
        status=422 if refused else 200,
        heading=title,
        register=register,
        typed=request.args,
        blank=Register(),
        unusable=unusable,
        shown=shown,
        caption=ordered,
        changed=ordered,
        sorts=tuple(RegisterSort),
        states=tuple(DocumentState),
        ticked=ticked,
        refused=refused,
        portals=rules().portals,
        obstacle=obstacle(),
    )


@blueprint.get("/invoices/export.csv")
@paced("exports")
def export_csv() -> Response:
    return as_csv(*_named_rows(), wanted_format())


@blueprint.get("/invoices/export.xlsx")
@paced("exports")
def export_xlsx() -> Response:
    return as_workbook(*_named_rows(), _("My invoices"))


def _named_rows() -> tuple[Rows, str]:
    register, _unusable = read_register(request.args.to_dict(flat=False))
    asking = desk()
    return partial(register_file, export(register, asking), speaker=reader()), f"invoices-{asking.now.date()}"


def _shown(code: str) -> ShownDocument:
    try:
        return show_document(db.session(), code, desk())
    except NoSuchDocument:
        abort(404)


@blueprint.get("/invoices/<document:code>")
def show(code: str) -> Response:
    shown = _shown(code)
    return page(
        "invoices/show.html",
        title=document_title(shown.document, reader()),
        shown=shown,
        deletions=deletions(shown, reader()),
        seller=seller(shown, reader()),
        legal=legal(shown.document, reader()),
        quantity=lambda line: quantity(line, shown.document.currency, reader()),
        why=why_document(shown, reader()),
        restoring=lambda line: restoring(line, shown.document.currency, reader()),
    )


@blueprint.get("/invoices/<document:code>.pdf")
@paced("exports")
def show_pdf(code: str) -> Response:
    """The same on paper."""
    shown = _shown(code)
    return as_pdf(invoice_on_paper(shown, reader()), code)
