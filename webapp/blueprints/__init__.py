"""The pages."""

from flask import Flask

from . import batches, renewal, saved_views, services, session


def init_app(app: Flask) -> None:
    for page in (session, services, renewal, saved_views, batches):
        app.register_blueprint(page.blueprint)
