"""What contacts of a service are told who do not pay for it."""

from collections.abc import Collection

from .roles import Role
from .service.service import Service
from .topics import Topic

TOLD_AS = (Role.OWNER, Role.ADMIN, Role.TECHNICAL)
TOLD_OF = (Topic.AHEAD, Topic.LOSSES)
Wish = tuple[Role, Topic]
"""As which contact somebody wants to be told, and of what."""
WISHED = frozenset(((Role.OWNER, Topic.AHEAD), (Role.OWNER, Topic.LOSSES), (Role.ADMIN, Topic.LOSSES)))
"""Of whoever has not chosen."""


def word(wish: Wish) -> str:
    """How it is stored and sent.

    >>> word((Role.OWNER, Topic.LOSSES))
    'owner losses'
    """
    role, topic = wish
    return f"{role.word} {topic}"


WISHES = {word((role, topic)): (role, topic) for role in TOLD_AS for topic in TOLD_OF}


def has_to_be_told(service: Service, roles: Collection[Role]) -> bool:
    """Whoever holds a name that a registry gives, whoever pays for it (ICANN, Expired Registration Recovery Policy)."""
    return Role.OWNER in roles and bool(service.product.family.registries)


def wants_to_be_told(roles: Collection[Role], topic: Topic, wished: Collection[Wish]) -> bool:
    return any((role, topic) in wished for role in roles)
