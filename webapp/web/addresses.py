"""Where pages lie: the only module that asks Flask for an address.

Every page is registered below one blueprint, so that its name clashes with none of an application that it is put into;
and every address keeps the prefix that the program is mounted at.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, has_request_context, request, url_for

from .frames import unframed

ROOT = "echeance"


def init_app(app: Flask) -> None:
    app.jinja_env.globals |= {"address_of": address_of, "area": area}


def address_of(page: str, /, **values: Any) -> str:
    """Of the page of that name: ``address_of("services.show", reference="S-1")``. What is None is left out.

    A whole address is for those who read it elsewhere, so that it leads into no frame.
    """
    address = url_for(f"{ROOT}.{page}", **values)
    return unframed(address) if values.get("_external") and has_request_context() else address


def outside(address: str) -> Callable[..., str]:
    """What says the whole address of a page for those who read it elsewhere, where the program is at that address."""
    parts = urlsplit(address)
    pages = current_app.url_map.bind(parts.netloc, parts.path or "/", url_scheme=parts.scheme)
    return lambda page, /, **values: pages.build(f"{ROOT}.{page}", values, force_external=True)


def page_name() -> str:
    """Of the page that the request is for: ``services.show``; empty where it is none."""
    return (request.endpoint or "").removeprefix(f"{ROOT}.")


def area() -> str:
    """The part of the program that the request is for, as pages are named: ``services``; empty where it is none."""
    return (request.blueprint or "").removeprefix(f"{ROOT}.")


def present() -> str:
    """The address of the request itself."""
    return request.script_root + (request.full_path if request.query_string else request.path)
