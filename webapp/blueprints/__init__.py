"""The pages."""

from flask import Blueprint, Flask

from ..web.addresses import ROOT
from . import (
    agreements,
    alignment,
    balance,
    batches,
    calendar,
    cancellation,
    clock,
    health,
    invoices,
    launch,
    links,
    mails,
    methods,
    next_term,
    notifications,
    orders,
    panel_api,
    receipts,
    renewal,
    saved_views,
    security,
    services,
    session,
    styleguide,
    webhooks,
)

PAGES = (
    session,
    services,
    renewal,
    next_term,
    alignment,
    cancellation,
    receipts,
    saved_views,
    batches,
    orders,
    invoices,
    balance,
    calendar,
    webhooks,
    agreements,
    methods,
    security,
    mails,
    notifications,
    links,
    launch,
    panel_api,
    clock,
    styleguide,
    health,
)


def init_app(app: Flask) -> None:
    root = Blueprint(ROOT, __name__)
    for page in PAGES:
        root.register_blueprint(page.blueprint)
    app.register_blueprint(root)
