"""What is wrong with a page for those who use it otherwise: axe's findings, and what axe does not look at."""

from functools import cache
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4", "EN-301-549"]
SMALLEST_TARGET = 24
"""CSS pixels (WCAG 2.2, 2.5.8)."""
NARROWEST = 320
"""CSS pixels (WCAG 2.2, 1.4.10)."""

TABLES = """() => [...document.querySelectorAll("table")].flatMap((table) => [
  ...(table.caption?.textContent.trim() ? [] : ["no caption"]),
  ...(table.querySelector("tbody th[scope=row]") ? [] : ["no row header"]),
  ...([...table.querySelectorAll("thead th")].every((th) => th.scope === "col") ? [] : ["no scope"]),
  ...(!table.matches(".services") || table.querySelectorAll("[aria-sort]").length === 1 ? [] : ["not one aria-sort"]),
])"""

FRAME = """() => [
  ...(document.querySelectorAll("main").length === 1 ? [] : ["no main"]),
  ...(document.querySelector(".paper, main > #main:first-child") ? [] : ["no place to skip to"]),
  ...(document.querySelectorAll("main h1").length === 1 ? [] : ["not one h1"]),
  ...(document.querySelector("#live[role=status], .paper") ? [] : ["no live region"]),
  ...(document.title.includes(" – Echeance") ? [] : ["no title"]),
  ...[...document.querySelectorAll("[role=button]:not(button, summary)")].map(() => "a button that is none"),
]"""

SMALL = """(least) => [...document.querySelectorAll("a[href], button, summary, input:not([type=hidden])")]
  .filter((each) => each.checkVisibility({visibilityProperty: true}) && !each.closest("p, dd, small, .problem li"))
  .map((each) => [each, (each.closest("label") ?? each).getBoundingClientRect()])
  .filter(([each, box]) => box.width > 1 && (box.width < least || box.height < least))
  .map(([each, box]) => `${each.tagName} ${each.id || each.innerText} ${box.width.toFixed(1)}x${box.height.toFixed(1)}`)
"""

FOCUSED = """() => {
  const each = document.activeElement;
  if (each === document.body) return null;
  const box = each.getBoundingClientRect(), style = getComputedStyle(each);
  const first = [...each.getClientRects()].find((line) => line.width > 1) ?? box;
  const middle = (from, to, end) => (Math.max(from, 0) + Math.min(to, end)) / 2;
  const hit = document.elementFromPoint(
    middle(first.left, first.right, innerWidth), middle(first.top, first.bottom, innerHeight));
  const wrong = [];
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) wrong.push("no outline");
  if (box.width < 2 || box.height < 2) wrong.push("no size");
  const covered = !hit || !(each.contains(hit) || hit.contains(each) || hit.closest("label")?.contains(each));
  if (covered && !each.matches("dialog")) wrong.push("covered");
  return [`${each.tagName} ${each.id || each.innerText}`, wrong];
}"""


@cache
def _axe() -> Axe:
    return Axe()


def violations(page: Page) -> list[str]:
    """What axe finds: rule, element, and why. The window is as high as the page, so that nothing lies under a bar."""
    height = page.evaluate("Math.max(innerHeight, document.documentElement.scrollHeight)")
    page.set_viewport_size({"width": page.evaluate("innerWidth"), "height": height})
    return _found(page, {"type": "tag", "values": RULES})


NAMED = """all => {
  const own = (each) => each.getAttribute("aria-label") ?? each.textContent.trim();
  const named = (each) => (each.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean)
    .map(id => own(document.getElementById(id))).join(" ");
  return all.map(each => [named(each) || own(each), each.getAttribute("href")]);
}"""
"""What links are called, and where they lead."""


def faint_texts(page: Page) -> list[str]:
    """What axe finds when it looks at nothing but colours."""
    return _found(page, {"type": "rule", "values": ["color-contrast", "link-in-text-block"]})


OPEN_MENUS = ("#row-menu:not([hidden])", "#batch-actions[open]")


def _found(page: Page, rules: dict[str, Any]) -> list[str]:
    """A menu that is open lies over the rest, which is looked at without it."""
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    part = next((each for each in OPEN_MENUS if page.locator(each).count()), None)
    seen: list[dict[str, Any]] = _axe().run(page, context=part, options=options).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]} {node['failureSummary']}" for rule in seen for node in rule["nodes"]]


def neglected(page: Page) -> list[str]:
    """What is missing in tables and in the frame of the page, and targets too small to hit."""
    return [*page.evaluate(TABLES), *page.evaluate(FRAME), *page.evaluate(SMALL, SMALLEST_TARGET), *ambiguous(page)]


def ambiguous(page: Page) -> list[str]:
    """Links and buttons in the rows of a table that are called the same as another row's but lead elsewhere."""
    leads: dict[str, set[str]] = {}
    for name, target in page.locator("tbody tr .actions a").evaluate_all(NAMED):
        leads.setdefault(name, set()).add(target)
    return [f"{len(targets)} times {name}" for name, targets in leads.items() if len(targets) > 1]


def invisible_stops(page: Page, most: int = 400) -> list[str]:
    """Tab through the whole page: the stops where one does not see the focus."""
    seen = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            return seen
        seen += [f"{stop[0]}: {fault}" for fault in stop[1]]
    raise AssertionError(f"more than {most} stops, or no way out: {stop}")
