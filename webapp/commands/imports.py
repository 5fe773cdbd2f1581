"""``flask import products|accounts|services FILE``."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import click

from ..domain.actors import INVENTORY
from ..operations.desk import Desk
from ..operations.inventory import ImportRefused, Report, import_accounts, import_products, import_services
from ..wiring import desk_for
from .group import CommandGroup

imports = CommandGroup("import", help="Bring an inventory in from CSV or JSON files (docs/import.md).")
file_argument = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


class Operation(Protocol):
    def __call__(self, path: Path, desk: Desk, progress: Callable[[int], None] | None = None) -> Report: ...


@imports.command("products")
@file_argument
def products(file: Path) -> None:
    """Add and change products and their prices."""
    _run(import_products, file)


@imports.command("accounts")
@file_argument
def accounts(file: Path) -> None:
    """Add and change accounts, their payment methods and what they accepted."""
    _run(import_accounts, file)


@imports.command("services")
@file_argument
def services(file: Path) -> None:
    """Add services and apply what changed since the last import."""
    _run(import_services, file)


def _run(operation: Operation, file: Path) -> None:
    try:
        report = _with_bar(operation, file)
    except ImportRefused as refused:
        for line in refused.lines:
            click.echo(line, err=True)
        click.echo("Nothing was imported.", err=True)
        raise SystemExit(1) from refused
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}") from error
    click.echo(f"{report.created} created, {report.changed} changed, {report.unchanged} unchanged")


def _with_bar(operation: Operation, file: Path) -> Report:
    """On a terminal, show how much of the file has been read."""
    size, quiet = file.stat().st_size, not sys.stderr.isatty()
    with click.progressbar(length=size, label=file.name, file=sys.stderr, hidden=quiet) as bar:
        return operation(file, desk_for(INVENTORY), bar.update)
