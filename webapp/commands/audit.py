"""``flask audit``: whether everything that is kept twice agrees."""

import click
from flask.cli import with_appcontext

from ..database import LONG
from ..domain.actors import AUDITOR
from ..extensions import db
from ..operations.audit import audit as compare
from ..wiring import desk_for


@click.command("audit")
@with_appcontext
def audit() -> None:
    """Recompute ends, statuses, claims, numbers and credit, and report every difference; changes nothing."""
    db.session.connection(execution_options=LONG)
    report = compare(db.session(), desk_for(AUDITOR))
    for name, number in report.compared.items():
        click.echo(f"{number:>9,}  {name}")
    for difference in report.differences:
        click.echo(difference, err=True)
    if report.differences:
        raise SystemExit(1)
    click.echo("Everything agrees.")
