"""``python -m webapp.sandbox``: the sandbox as a process of its own, on 127.0.0.1."""

import argparse
import os
from pathlib import Path

from werkzeug.serving import make_server

from . import create_sandbox
from .notices import Courier


def main() -> None:
    """The key that seller and sandbox share comes from the environment: SANDBOX_KEY."""
    parser = argparse.ArgumentParser(description="A payment provider that takes no money.")
    parser.add_argument("--port", type=int, default=8100)
    parser.add_argument("--books", type=Path, default=Path("sandbox.sqlite3"))
    parser.add_argument("--notify", help="where notices are sent")
    given = parser.parse_args()
    key = os.environ["SANDBOX_KEY"]
    app = create_sandbox(given.books, key)
    if given.notify:
        Courier(app.extensions["books"], key, given.notify)
    server = make_server("127.0.0.1", given.port, app, threaded=True)
    print(f"The sandbox is at http://127.0.0.1:{server.server_port}", flush=True)  # noqa: T201
    server.serve_forever()


if __name__ == "__main__":
    main()
