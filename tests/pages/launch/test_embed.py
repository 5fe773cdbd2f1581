"""The script that panels put into their pages."""

from flask import Flask

MOST = 3000
"""Bytes that travel."""


def test_it_is_small_and_kept_and_for_pages_of_other_sites(app: Flask) -> None:
    answer = app.test_client().get("/embed.js", headers={"Accept-Encoding": "br, gzip"})
    assert answer.status_code == 200 and answer.mimetype == "text/javascript"
    assert len(answer.data) < MOST
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert "Set-Cookie" not in answer.headers
