"""The demo agrees with itself."""

from flask import Flask

from webapp.commands.audit import audit


def test_the_audit_of_the_demo_finds_nothing(demo_app: Flask) -> None:
    result = demo_app.test_cli_runner().invoke(audit)
    assert result.exit_code == 0, result.output
    assert "Everything agrees." in result.output
