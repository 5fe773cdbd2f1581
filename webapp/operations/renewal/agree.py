"""Accept what a seller asks for, without changing how anything renews."""

from ...domain.law.contracts import Agreement
from ..desk import Desk
from ..transaction import writing
from .offers import accept


def agree(agreement: Agreement, account_id: int, desk: Desk) -> None:
    """Once, however often it is sent."""
    with writing() as session:
        accept(session, [agreement], account_id, desk)
