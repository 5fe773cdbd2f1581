"""A place of its own for tables on a server that other tests use too."""

from pathlib import Path

from sqlalchemy import text

from webapp import create_app
from webapp.extensions import db
from webapp.settings import Settings


def schema_of_its_own(name: str, database_url: str, folder: Path) -> str:
    """The address of an empty schema of that name; empty where the database is a file anyway."""
    if not database_url:
        return ""
    app = create_app(Settings(var=folder, database_url=database_url))
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {name} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {name}"))
    with app.app_context():
        db.engine.dispose()
    return f"{database_url}{'&' if '?' in database_url else '?'}options=-csearch_path%3D{name}"
