"""The flask commands; each calls one operation."""

from flask import Flask


def init_app(app: Flask) -> None:
    pass
