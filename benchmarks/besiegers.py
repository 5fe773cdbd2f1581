"""One customer at one connection: reads, changes, pays, batches, signs in again, and remembers what was promised."""

import random
import re
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from html import unescape
from threading import Event as Signal
from urllib.parse import urlencode, urlsplit

import urllib3

MODES = {"manual": "manual", "P1M": "automatic"}
"""Choices of the renewal page, and what each makes of the service."""
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
ACTING = re.compile(r'<form[^>]*method="post"[^>]*>.*?</form>', re.S)
HONEST = (200, 303, 409, 422, 503)
"""What may be answered under siege; 409 and 422 are somebody else having been first."""
READS = ("", "?sort=-name", "?sort=type", "?status=automatic", "?q=site", "?page=2&sort=price")


class Cut(Exception):
    """The connection was, or the program said that it is busy: nobody knows what became of it."""


@dataclass
class Seen:
    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Seconds, by what was done."""
    count: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    acknowledged: dict[str, set[str]] = field(default_factory=dict)
    """How each service may renew now: as was acknowledged last, or as was asked for since without an answer."""
    paid: int = 0


class Besieger:
    def __init__(self, address: str, name: str, password: str, services: int) -> None:
        self.seen = Seen()
        self._address, self._name, self._password = address, name, password
        self._http = urllib3.PoolManager(retries=False, timeout=30, maxsize=1)
        self._cookies: dict[str, str] = {}
        self._random = random.Random(name)
        mine = [f"{name}-{number}" for number in range(services)]
        self._changed, self._batched, self._bought = mine[:10], mine[10:15], mine[15:]

    def enter(self) -> None:
        while True:
            try:
                page = self._ask("sign in", "GET", "/login")[1]
                form = {"email": f"{self._name}@siege.example", "password": self._password}
                self._ask("sign in", "POST", "/login", {"csrf_token": _token(page)} | form)
            except Cut:
                time.sleep(0.2)
            else:
                return

    def besiege(self, over: Signal) -> Seen:
        acts = {self._read: 60, self._change: 22, self._pay: 8, self._batch: 6, self._return: 4}
        while not over.is_set():
            (act,) = self._random.choices(list(acts), list(acts.values()))
            try:
                act()
            except Cut:
                time.sleep(0.1)
        return self.seen

    def _read(self) -> None:
        self._ask("read", "GET", "/services" + self._random.choice(READS))

    def _return(self) -> None:
        self._cookies.pop("echeance", None)
        self.enter()

    def _change(self) -> None:
        reference = self._random.choice(self._changed)
        choice, mode = self._random.choice(list(MODES.items()))
        url = f"/services/{reference}/renewal"
        page = self._ask("read", "GET", f"{url}?choice={choice}")[1]
        before = self.seen.acknowledged.setdefault(reference, {"automatic"})
        before.add(mode)
        if self._ask("change", "POST", url, _confirmation(page))[0] == 303:
            self.seen.acknowledged[reference] = {mode}

    def _pay(self) -> None:
        reference = self._random.choice(self._bought)
        url = f"/services/{reference}/anticipate"
        page = self._ask("read", "GET", url)[1]
        order = self._ask("pay", "POST", url, _confirmation(page) | {"duration": "P1M", "action": "order"})[2]
        if not order.startswith("/orders/"):
            return
        page = self._ask("read", "GET", order)[1]
        hosted = self._ask("pay", "POST", order, {"csrf_token": _token(page), "action": "pay"})[2]
        if "/pay/" in hosted:
            back = self._ask("provider", "POST", hosted, {"outcome": "pay"})[2]
            self.seen.paid += 1
            self._ask("read", "GET", urlsplit(back).path or order)

    def _batch(self) -> None:
        page = self._ask("read", "GET", "/services")[1]
        action = self._random.choice(("disable-automatic", "enable-automatic"))
        form = [("csrf_token", _token(page)), ("action", action), *(("ref", each) for each in self._batched)]
        batch = self._ask("batch", "POST", "/batches", form)[2]
        if batch.startswith("/batches/"):
            page = self._ask("read", "GET", batch)[1]
            self._ask("batch", "POST", batch, {"csrf_token": _token(page), "action": "confirm"})

    def _ask(
        self, kind: str, method: str, path: str, form: "dict[str, str] | list[tuple[str, str]] | None" = None
    ) -> tuple[int, str, str]:
        """Status, page, and where it leads to. Raises Cut."""
        theirs = path.startswith("http")
        url = path if theirs else self._address + path
        headers = {"Accept-Language": "en"}
        if not theirs:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        try:
            answer = self._http.request(
                method, url, body=urlencode(form) if form else None, headers=headers, redirect=False
            )
        except (urllib3.exceptions.HTTPError, OSError) as error:
            self.seen.count[kind, "cut"] += 1
            raise Cut from error
        self.seen.waits[kind].append(time.perf_counter() - begun)
        for cookie in () if theirs else answer.headers.getlist("Set-Cookie"):
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        if answer.status == 503 or (theirs and answer.status >= 400):
            self.seen.count[kind, "busy"] += 1
            raise Cut
        text = answer.data.decode()
        if answer.status not in HONEST:
            self.seen.faults.append(f"{method} {path}: {answer.status} {answer.headers.get('X-Request-ID')}")
        return answer.status, text, answer.headers.get("Location", "").removeprefix(self._address)


def _token(page: str) -> str:
    found = TOKEN.search(page)
    return found[1] if found else ""


def _confirmation(page: str) -> dict[str, str]:
    """The hidden fields of the form that confirms what is shown; empty where there is none."""
    main = page.partition("<main")[2]
    forms = [form for form in ACTING.findall(main) if "fingerprint" in form]
    return (
        {name: unescape(value) for name, value in FIELD.findall(forms[-1])} if forms else {"csrf_token": _token(page)}
    )
