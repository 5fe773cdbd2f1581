"""What Lighthouse gives a page, from 0 to 100."""

import json
import os
import subprocess
from pathlib import Path

from tests.browsers.conftest import program

LIGHTHOUSE = Path(__file__).parent / "node_modules" / ".bin" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FORMS: dict[str, tuple[str, ...]] = {"mobile": (), "desktop": ("--preset=desktop",)}
FLAGS = "--headless=new --no-sandbox --disable-gpu"


def marks(url: str, cookies: str, form: str) -> dict[str, int]:
    """By category. ``cookies`` is the header of somebody who is signed in, or empty."""
    words = [str(LIGHTHOUSE), url, "--quiet", "--output=json", f"--chrome-flags={FLAGS}", *FORMS[form]]
    words += [f"--only-categories={','.join(CATEGORIES)}"]
    words += [f"--extra-headers={json.dumps({'Cookie': cookies})}"] if cookies else []
    environ = os.environ | {"CHROME_PATH": program("chromium")}
    done = subprocess.run(words, capture_output=True, check=True, text=True, env=environ)
    return {name: round(each["score"] * 100) for name, each in json.loads(done.stdout)["categories"].items()}
