"""How the address of the services table is read: whatever makes no sense in it is left out and told of."""

from collections.abc import Callable, Iterable, Mapping

from ..roles import ROLES
from ..service.service import Availability, Mode
from ..service.status import Status
from .state import AddressReader, Unusable, read_day, read_page, read_search
from .table import BLANK, FLAGS, SIZES, Due, Sort, Table


def read_table(args: Mapping[str, list[str]], families: Iterable[str]) -> tuple[Table, list[Unusable]]:
    """The state that an address asks for, and what of it could not be used."""
    reader = AddressReader(args)
    sort, descending = reader.order(Sort.of, (BLANK.sort, False))
    table = Table(
        q=reader.one("q", read_search, ""),
        type=reader.many("type", {code: code for code in families}.__getitem__),
        availability=reader.many("availability", Availability.of),
        status=reader.many("status", Status.of),
        mode=reader.many("mode", Mode.of),
        due=reader.many("due", Due.of),
        since=reader.one("from", read_day, None),
        until=reader.one("to", read_day, None),
        role=reader.many("role", {role.word: role for role in ROLES}.__getitem__),
        bill=reader.one("bill", _flag("bill"), False),
        selected=reader.one("selected", _flag("selected"), False),
        sort=sort,
        descending=descending,
        page=reader.one("page", read_page, 1),
        size=reader.one("size", {str(size): size for size in SIZES}.__getitem__, BLANK.size),
    )
    return table, reader.unusable


def _flag(name: str) -> Callable[[str], bool]:
    return {FLAGS[name]: True}.__getitem__
