"""Which request it was: in a header of its answer, on the page of an error and in every line of the log."""

import logging
import secrets
from typing import cast

from flask import Flask, Response, g, has_request_context
from flask.logging import default_handler

LINE = "[%(asctime)s] %(levelname)s in %(module)s%(of_request)s: %(message)s"


class Traced(logging.Formatter):
    """What is logged during a request bears its number."""

    def format(self, record: logging.LogRecord) -> str:
        record.of_request = f" ({request_id()})" if has_request_context() else ""
        return super().format(record)


def init_app(app: Flask) -> None:
    default_handler.setFormatter(Traced(LINE))
    app.logger.addHandler(default_handler)
    app.after_request(_tell)


def request_id() -> str:
    """Made by chance, so that it tells nobody how many there are."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(8)
    return cast(str, g.request_id)


def _tell(response: Response) -> Response:
    response.headers["X-Request-ID"] = request_id()
    return response
