"""Draw every mail for people to look at: ``python -m tests.browsers.draw_mails FOLDER`` writes pictures and texts."""

import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browsers.conftest import SWITCHES, program
from tests.messages.samples import MESSAGES, mail
from webapp import create_app
from webapp.settings import Settings


def draw(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    app = create_app(Settings(var=folder / "var"))
    sent = {
        f"{at:02}-{message.kind}-{language}": mail(app, message, language)
        for (at, message), language in product(enumerate(MESSAGES), ("en", "fr"))
    }
    for name, each in sent.items():
        (folder / f"{name}.txt").write_text(f"{each.subject}\n\n{each.text}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program("chromium"), args=list(SWITCHES))
        for width, scheme in product((320, 700), ("light", "dark")):
            page = browser.new_page(viewport={"width": width, "height": 400}, color_scheme=scheme)
            for name, each in sent.items():
                page.set_content(each.html)
                page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
