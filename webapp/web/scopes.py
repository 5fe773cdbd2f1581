"""What those may do who came through a control panel: each form needs what its area says.

What is decided about services is refused by their own rules as well, with its reason beside the button.
"""

from flask import Flask, request
from flask_login import current_user

from ..domain.actors import Scope
from ..operations.desk import BeyondScope
from .access import current_account
from .addresses import area, page_name
from .security import SAFE_METHODS

WHOLE = None
"""Only whoever may do everything, as themselves: what an account is, what it agrees to, who is told what."""
AREAS: dict[str, Scope | None] = {
    "services": Scope.READ,
    "saved_views": Scope.READ,
    "batches": Scope.READ,
    "receipts": Scope.READ,
    "mails": Scope.READ,
    "clock": Scope.READ,
    "session": Scope.READ,
    "links": Scope.READ,
    "launch": Scope.READ,
    "panel_api": Scope.READ,
    "webhooks": Scope.READ,
    "renewal": Scope.RENEW,
    "alignment": Scope.RENEW,
    "next_term": Scope.PAY,
    "invoices": Scope.PAY,
    "orders": Scope.PAY,
    "balance": Scope.PAY,
    "methods": Scope.PAY,
    "cancellation": Scope.TERMINATE,
    "agreements": WHOLE,
    "calendar": WHOLE,
    "notifications": WHOLE,
    "security": WHOLE,
}
"""What batches need depends on what they do: operations ask for that."""
FORMS: dict[str, Scope | None] = {"orders.describe": WHOLE}


def init_app(app: Flask) -> None:
    app.before_request(require_scope)


def require_scope() -> None:
    """Raises BeyondScope."""
    if request.method in SAFE_METHODS or current_account() is None or current_user.person.is_whole:
        return
    needed = FORMS[page_name()] if page_name() in FORMS else AREAS.get(area(), WHOLE)
    if needed not in current_user.scopes:
        raise BeyondScope
