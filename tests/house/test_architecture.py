"""The arrows between the rooms are law: an import that breaks one is refused, wherever it is planted."""

import ast
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The program's code without what it was set up with."""
    shutil.copytree(ROOT / "webapp", tmp_path / "webapp", ignore=_only_code)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def _only_code(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if not (name.endswith(".py") or Path(folder, name).is_dir()) or name in FOREIGN}


FOREIGN = {"node_modules", "static", "__pycache__", "templates"}


def linted(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*LINT, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


def test_the_house_as_it_stands_is_in_order(copy: Path) -> None:
    done = linted(copy)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("module", "planted", "refused"),
    [
        ("operations/case.py", "from flask import g", "knows no request"),
        ("operations/renewal/configure.py", "from ...web import access", "Floor by floor"),
        ("operations/projection.py", "from babel import Locale", "does not speak"),
        ("operations/people/sign_in.py", "from ..listing import page", "areas stand on one ground floor"),
        ("models/service.py", "from ..blueprints import renewal", "Floor by floor"),
        ("rules/__init__.py", "import werkzeug", "knows no request"),
        ("language/__init__.py", "from flask import request", "knows no request"),
        ("wording/rows.py", "from flask import url_for", "knows no request"),
        ("wording/events.py", "from ..documents import csv", "Floor by floor"),
        ("domain/money.py", "import sqlalchemy", "standard library only"),
        ("domain/periods.py", "from .service import status", "No circle"),
        ("blueprints/renewal/views.py", "from ..services import context", "No page imports another"),
        ("blueprints/session/views.py", "from sqlalchemy import select", "never the database"),
        ("web/access.py", "from ..operations.transaction import writing", "never the database"),
        ("documents/csv.py", "import sqlalchemy.orm", "never the database"),
        ("blueprints/webhooks/views.py", "from ...adapters.payments.sandbox import SandboxProvider", "Only the wiring"),
        ("operations/people/sign_in.py", "from ...adapters.clock import SystemClock", "Only the wiring"),
        ("operations/outbox.py", "import smtplib", "speak to the network"),
        ("web/files.py", "import urllib3", "speak to the network"),
        ("blueprints/receipts/views.py", "import typst", "make papers"),
        ("wording/batches.py", "import typst", "make papers"),
        ("operations/giving.py", "from .payments import settle", "areas stand on one ground floor"),
        ("operations/orders/place.py", "from ..payments import pay", "areas stand on one ground floor"),
        ("operations/invoices/bills.py", "from ..orders import find", "areas stand on one ground floor"),
        ("helpers.py", "X = 1", "Floor by floor"),
    ],
)
def test_a_planted_import_is_refused(copy: Path, module: str, planted: str, refused: str) -> None:
    file = copy / "webapp" / module
    file.write_text(f"{file.read_text() if file.exists() else ''}\n{planted}\n")
    done = linted(copy)
    broken = [line for line in done.stdout.replace("\n", " ").split("KEPT") if "BROKEN" in line]
    assert done.returncode == 1
    assert any(refused in line for line in broken), done.stdout


def test_the_domain_imports_the_standard_library_alone() -> None:
    for path in (ROOT / "webapp" / "domain").rglob("*.py"):
        for line in path.read_text().splitlines():
            if line.startswith(("import ", "from ")) and not line.startswith("from ."):
                assert line.split()[1].partition(".")[0] in sys.stdlib_module_names, (path, line)


PAIRS = {"PaymentMethod", "Price", "Product", "Service", "Term"}
"""What the domain and the tables both have: tables are written ``models.Service`` where both are met."""


def syntax() -> Iterator[tuple[Path, ast.AST]]:
    for path in (ROOT / "webapp").rglob("*.py"):
        if "node_modules" not in path.parts and "migrations" not in path.parts:
            yield from ((path, node) for node in ast.walk(ast.parse(path.read_text())))


def test_one_class_name_means_one_thing() -> None:
    counted = Counter(node.name for _path, node in syntax() if isinstance(node, ast.ClassDef))
    assert {name for name, count in counted.items() if count > 1} <= PAIRS


def test_variables_say_what_they_hold() -> None:
    assigned = [(path.name, node.id) for path, node in syntax() if isinstance(node, ast.Name) and _stores(node)]
    assert [(path, name) for path, name in assigned if name in ("found", "data")] == []


def _stores(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)
