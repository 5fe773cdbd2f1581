"""Echeance: the page where customers see, renew and change every service they hold."""

from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from . import blueprints, commands, database, models
from .adapters import Adapters
from .demo import welcome
from .extensions import compress, csrf, db, migrate
from .rules.loader import load as load_rules
from .rules.panels import load_panels
from .settings import FORWARDED, SettingError, Settings
from .web import (
    access,
    addresses,
    assets,
    behind,
    dress,
    errors,
    frames,
    guests,
    hypermedia,
    pace,
    reader,
    scopes,
    security,
    templating,
    tracing,
)
from .wiring import Wiring, outside, sellers

__all__ = ["create_app", "models"]


def create_app(settings: Settings | None = None, adapters: Adapters | None = None) -> Flask:
    """Put the application together; nothing else happens here."""
    settings = settings or Settings.from_environment()
    app = Flask(__name__, static_folder=None)
    if settings.production and app.debug:
        raise SettingError("FLASK_DEBUG must be off in production: it shows strangers how the program works")
    keys = settings.signing_keys()
    app.config.from_mapping(
        SECRET_KEY=keys[-1],
        SECRET_KEY_FALLBACKS=keys[:-1],
        WTF_CSRF_SECRET_KEY=keys,
        SQLALCHEMY_DATABASE_URI=settings.database,
        SQLALCHEMY_ENGINE_OPTIONS=database.options(settings.database),
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
        COMPRESS_LEVEL=4,
        **security.cookie_settings(settings),
    )
    settings.prepared_var()
    rules = load_rules(sellers=sellers(settings))
    panels = load_panels(Path(settings.panels), rules.portals) if settings.panels else {}
    Wiring(settings, adapters or outside(settings), rules, panels).install(app)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(database.MIGRATIONS), render_as_batch=True)
    with app.app_context():
        database.prepare(db.engine)
    first = (tracing, security, behind, guests, csrf, compress, assets, reader, access, scopes, pace)
    for part in (*first, addresses, hypermedia, templating, dress, errors):
        part.init_app(app)
    blueprints.init_app(app)
    commands.init_app(app)
    welcome.init_app(app, settings)
    security.wrap(app)
    frames.wrap(app)
    trusted = {f"x_{name}": settings.trusted_proxies * (name in settings.forwarded) for name in FORWARDED}
    app.wsgi_app = ProxyFix(app.wsgi_app, **trusted)  # type: ignore[method-assign]
    return app
