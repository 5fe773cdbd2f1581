"""Ready-made views of the table."""

from ..labels import N_
from ..service.service import Mode
from ..service.status import Status
from .table import Due, Table

READY_MADE = (
    (N_("Bills to pay"), Table(bill=True)),
    (N_("Expiring within a week"), Table(status=(Status.EXPIRES, Status.CANCELLATION_SCHEDULED), due=(Due.WEEK,))),
    (N_("Expiring within a month"), Table(status=(Status.EXPIRES, Status.CANCELLATION_SCHEDULED), due=(Due.MONTH,))),
    (N_("Renewing this month"), Table(status=(Status.AUTOMATIC,), due=(Due.THIS_MONTH,))),
    (N_("Manual renewal"), Table(mode=(Mode.MANUAL,))),
)
