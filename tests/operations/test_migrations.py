"""The migrations lead to the tables that the program expects, on either database."""

from pathlib import Path

from flask_migrate import check, downgrade, upgrade
from sqlalchemy import inspect, text

from webapp import create_app
from webapp.extensions import db
from webapp.settings import Settings


def test_they_lead_to_the_models_and_back(tmp_path: Path, database_url: str) -> None:
    app = create_app(Settings(var=tmp_path, database_url=_schema_of_its_own(database_url, tmp_path)))
    with app.app_context():
        upgrade()
        check()
        assert set(inspect(db.engine).get_table_names()) == {*db.metadata.tables, "alembic_version"}
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
        db.engine.dispose()


def _schema_of_its_own(database_url: str, folder: Path) -> str:
    """On a server the test's tables stay apart from those of the other tests."""
    if not database_url:
        return ""
    app = create_app(Settings(var=folder, database_url=database_url))
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA IF EXISTS migrating CASCADE"))
        connection.execute(text("CREATE SCHEMA migrating"))
    with app.app_context():
        db.engine.dispose()
    return f"{database_url}{'&' if '?' in database_url else '?'}options=-csearch_path%3Dmigrating"
