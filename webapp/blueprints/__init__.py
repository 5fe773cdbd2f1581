"""The pages."""

from flask import Flask

from . import renewal, services, session, views


def init_app(app: Flask) -> None:
    for page in (session, services, renewal, views):
        app.register_blueprint(page.blueprint)
