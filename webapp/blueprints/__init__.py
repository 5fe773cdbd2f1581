"""The pages."""

from flask import Blueprint, Flask

from ..web.addresses import ROOT
from . import (
    aligning,
    batches,
    cancellation,
    invoices,
    orders,
    receipts,
    renewal,
    renewing,
    saved_views,
    services,
    session,
    webhooks,
)

PAGES = (
    session,
    services,
    renewal,
    renewing,
    aligning,
    cancellation,
    receipts,
    saved_views,
    batches,
    orders,
    invoices,
    webhooks,
)


def init_app(app: Flask) -> None:
    root = Blueprint(ROOT, __name__)
    for page in PAGES:
        root.register_blueprint(page.blueprint)
    app.register_blueprint(root)
