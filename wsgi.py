"""The application, for a WSGI server and for the commands of ``flask --app wsgi``."""

import gc

from click import get_current_context

from webapp import create_app
from webapp.serving import admitted

running_a_command = get_current_context(silent=True) is not None
app = create_app() if running_a_command else admitted(create_app())
gc.freeze()
"""What is there by now stays until the end: no collection need look at it, be it of a page or of an engine's day."""
