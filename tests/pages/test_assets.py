"""What pages name besides themselves is there, of the kind that they say, and kept by browsers for ever."""

import struct

from flask import Flask

from tests.markup import soup


def test_every_file_that_a_page_names_is_there(app: Flask) -> None:
    client = app.test_client()
    named = soup(client.get("/login")).select("link[href], script[src]")
    assert len(named) == 5
    for each in named:
        with client.get(str(each.get("href") or each["src"])) as response:
            assert response.status_code == 200 and "immutable" in response.headers["Cache-Control"]
            assert each.get("type") in (None, response.mimetype)


def test_browsers_that_draw_no_svg_have_an_icon_in_pixels(app: Flask) -> None:
    client = app.test_client()
    (icon,) = soup(client.get("/login")).select('link[rel=icon][type="image/png"]')
    with client.get(str(icon["href"])) as response:
        picture = response.data
    assert picture.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", picture[16:24])
    assert f"{width}x{height}" == icon["sizes"]
