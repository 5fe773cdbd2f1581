import logging

from flask import Blueprint, Response

from ...operations.readiness import faults
from ...web import access
from ...wiring import system_now

LOG = logging.getLogger(__name__)
blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@access.public
def alive() -> Response:
    """The process answers."""
    return _said("alive")


@blueprint.get("/readyz")
@access.public
def ready() -> Response:
    """What is amiss is for the log: strangers ask here too."""
    if amiss := faults(system_now()):
        LOG.warning("Not ready: %s", "; ".join(amiss))
        return _said("not ready", 503)
    return _said("ready")


def _said(text: str, status: int = 200) -> Response:
    return Response(f"{text}\n", status, mimetype="text/plain")
