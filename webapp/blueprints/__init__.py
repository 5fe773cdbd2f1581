"""The pages."""

from flask import Flask

from . import batches, cancellation, receipts, renewal, saved_views, services, session


def init_app(app: Flask) -> None:
    for page in (session, services, renewal, cancellation, receipts, saved_views, batches):
        app.register_blueprint(page.blueprint)
