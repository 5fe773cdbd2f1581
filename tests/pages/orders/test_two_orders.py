"""Two orders for one service: the later one takes the place of the first, or is refused while that is being paid."""

from itertools import permutations

import pytest
from flask.testing import FlaskClient

from tests.markup import confirmation, found, post, said
from tests.operations.payments.shop import Shop, standing
from tests.world import World
from webapp.domain.billing.payment import Standing

URL = "/services/S-shop.example"
WAYS = {"anticipate": {"duration": "P12M", "action": "order"}, "align": {"day": "15"}}


def ask(alice: FlaskClient, way: str) -> tuple[int, str]:
    seen = alice.get(f"{URL}/{way}?day=15" if way == "align" else f"{URL}/{way}")
    answer = post(alice, f"{URL}/{way}", confirmation(seen) | WAYS[way])
    return answer.status_code, str(answer.location)


@pytest.mark.parametrize(("first", "second"), [*permutations(WAYS)])
def test_the_later_one_takes_the_place_of_the_first(
    world: World, shop: Shop, alice: FlaskClient, first: str, second: str
) -> None:
    (_found, before), (status, after) = ask(alice, first), ask(alice, second)
    assert (status, before != after) == (303, True)
    assert said(alice.get(before), "h1") == "This order was discarded"
    assert post(alice, before, {"action": "pay"}).status_code == 422
    assert post(alice, after, {"action": "pay"}).status_code == 303
    assert shop.differences() == []


@pytest.mark.parametrize(("first", "second"), [*permutations(WAYS)])
@pytest.mark.parametrize("at", [Standing.WAITING, Standing.SETTLING])
def test_while_the_first_is_being_paid_the_second_is_refused_with_its_link(
    world: World, shop: Shop, alice: FlaskClient, first: str, second: str, at: Standing
) -> None:
    _status, order = ask(alice, first)
    code = order.rpartition("/")[2]
    shop.begin(code)
    if at is Standing.SETTLING:
        shop.till.decide(f"{code}-1", at)
        shop.learn(f"{code}-1")
    assert ask(alice, second)[0] == 422
    assert found(alice.get(f"{URL}/{second}"), f'.acting a[href="{order}"]')
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    assert standing(world)["credit"] == []
    assert shop.differences() == []
