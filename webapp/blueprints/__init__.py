"""The pages."""

from flask import Flask

from . import batches, cancellation, orders, receipts, renewal, renewing, saved_views, services, session, webhooks


def init_app(app: Flask) -> None:
    for page in (session, services, renewal, renewing, cancellation, receipts, saved_views, batches, orders, webhooks):
        app.register_blueprint(page.blueprint)
