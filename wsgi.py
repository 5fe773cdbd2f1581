"""The application, for a WSGI server and for the commands of ``flask --app wsgi``."""

import gc

from webapp import create_app
from webapp.serving import served

app = served(create_app())
gc.freeze()
"""What is there by now stays until the end: no collection need look at it, be it of a page or of an engine's day."""
