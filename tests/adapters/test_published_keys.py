"""Keys that panels publish, fetched from a server that answers as servers do."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from webapp.adapters.published_keys import KEPT_FOR, LARGEST, NOT_BEFORE, KeysAway, PublishedKeys

OLD, NEW = {"kty": "OKP", "kid": "old"}, {"kty": "OKP", "kid": "new"}


class Server(ThreadingHTTPServer):
    answer: tuple[int, bytes] = (200, b"")
    asked = 0

    def publish(self, *keys: Any) -> None:
        self.answer = 200, json.dumps({"keys": keys}).encode()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/keys"


class Page(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked += 1
        status, body = self.server.answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: Any) -> None:
        pass


class Watch:
    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Page)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_they_are_fetched_once_and_again_when_they_are_old(server: Server) -> None:
    watch = Watch()
    source = PublishedKeys(watch)
    server.publish(OLD)
    assert source.keys(server.url, "old") == source.keys(server.url, "old") == source.keys(server.url, "") == [OLD]
    assert server.asked == 1
    server.publish(NEW)
    watch.seconds += KEPT_FOR + 1
    assert source.keys(server.url, "old") == [NEW]
    assert server.asked == 2


def test_a_key_that_is_new_is_fetched_soon_and_unknown_ones_not_at_each_try(server: Server) -> None:
    watch = Watch()
    source = PublishedKeys(watch)
    server.publish(OLD)
    source.keys(server.url, "old")
    server.publish(OLD, NEW)
    watch.seconds += NOT_BEFORE + 1
    assert source.keys(server.url, "new") == [OLD, NEW]
    for number in range(5):
        assert source.keys(server.url, f"made up {number}") == [OLD, NEW]
    assert server.asked == 2


@pytest.mark.parametrize(
    "answer",
    [
        (500, b'{"keys": []}'),
        (302, b'{"keys": []}'),
        (200, b""),
        (200, b"[]"),
        (200, b'{"keys": 5}'),
        (200, b'{"keys": [5]}'),
        (200, b"{}"),
        (200, b"\xff"),
        (200, b'{"keys": []' + b" " * LARGEST + b"}"),
    ],
)
def test_what_is_no_set_of_keys_is_none(server: Server, answer: tuple[int, bytes]) -> None:
    server.answer = answer
    with pytest.raises(KeysAway):
        PublishedKeys().keys(server.url, "")


def test_a_server_that_is_away_is_told_so() -> None:
    with pytest.raises(KeysAway):
        PublishedKeys().keys("http://127.0.0.1:9/keys", "")
