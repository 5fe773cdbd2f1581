"""What a browser is called, by what it calls itself (RFC 9110, 10.1.5)."""

from ..domain.labels import N_
from ..language.speaker import Speaker

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("NetSurf/", "NetSurf"),
    ("Dillo/", "Dillo"),
    ("ELinks", "ELinks"),
    ("Links", "Links"),
    ("Lynx/", "Lynx"),
    ("w3m/", "w3m"),
    ("edbrowse/", "edbrowse"),
)
"""What they are told by; those that also name another one come before it."""
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser_named(agent: str, speaker: Speaker) -> str:
    """As its owner knows it; never a word of what it calls itself beyond the known ones."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    if browser and system:
        return speaker.gettext(N_("%(browser)s on %(system)s"), browser=browser, system=system)
    return browser or system or speaker.gettext(N_("A browser that does not say which"))
