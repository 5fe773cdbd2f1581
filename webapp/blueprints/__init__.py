"""The pages."""

from flask import Flask

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
    for page in PAGES:
        app.register_blueprint(page.blueprint)
