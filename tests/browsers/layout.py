"""What is laid out badly: boxes that overlap, leave the window or make the page wider than it."""

from playwright.sync_api import Page

WIDTHS = (320, 375, 480, 640, 768, 1024, 1152, 1280)
"""CSS pixels; 640 and 320 are what 200 % and 400 % leave of 1280 (WCAG 2.2, 1.4.10)."""
FONTS = ("DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono")
"""From the usual to one that is wider than whatever a page is read in."""

MISPLACED = """() => {
  const wrong = [], more = document.documentElement.scrollWidth - innerWidth;
  if (more > 0) wrong.push(`${more} px wider than the window`);
  const floats = `dialog, .foot, #totals, #row-menu, #notice, details.menu > :not(summary), .nav, thead th,
    dialog .buttons, .deciding, .preview .buttons`;
  const open = document.querySelector("dialog[open]");
  const seen = (each) => (!open || open.contains(each)) && each.checkVisibility({ visibilityProperty: true })
    && !each.closest(".unseen, .skip:not(:focus), svg") && !/^polygon|inset/.test(getComputedStyle(each).clipPath);
  const scroller = (each) => {
    for (let up = each.parentElement; up; up = up.parentElement)
      if (/auto|scroll|hidden/.test(getComputedStyle(up).overflowX)) return up;
    return null;
  };
  const word = /[\\p{L}\\d.,:]{2,14}(?=\\s|$)/gu;
  const boxes = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode, owner = text.parentElement;
    if (!text.data.trim() || !seen(owner) || /SCRIPT|STYLE|OPTION|TEXTAREA/.test(owner.tagName)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const part of text.data.matchAll(word)) {
      if (part.index && !/\\s/.test(text.data[part.index - 1])) continue;
      range.setStart(text, part.index);
      range.setEnd(text, part.index + part[0].length);
      if (range.getClientRects().length > 1) wrong.push(`broken: ${part[0]}`);
    }
    range.selectNodeContents(text);
    for (const box of range.getClientRects())
      if (box.width > 1) boxes.push([owner, box, text.data.trim().slice(0, 30)]);
  }
  for (const each of document.querySelectorAll("input:not([type=hidden]), button, select, textarea, .more, summary"))
    if (seen(each)) boxes.push([each, each.getBoundingClientRect(), each.id || each.name || each.className]);
  for (const [each, box, name] of boxes) {
    const inside = scroller(each);
    if (!inside && (box.right > innerWidth + 1 || box.left < -1)) wrong.push(`off the window: ${name}`);
    if (inside && !inside.matches(".scroll, dialog") && box.right > inside.getBoundingClientRect().right + 2)
      wrong.push(`cut off: ${name}`);
  }
  boxes.sort((a, b) => a[1].top - b[1].top);
  boxes.forEach(([one, box, name], place) => {
    for (let next = place + 1; next < boxes.length && boxes[next][1].top < box.bottom - 3; next++) {
      const [other, over, called] = boxes[next];
      if (one.contains(other) || other.contains(one) || one.closest(floats) !== other.closest(floats)) continue;
      const across = Math.min(box.right, over.right) - Math.max(box.left, over.left);
      const down = Math.min(box.bottom, over.bottom) - over.top;
      if (across > 2 && down > 3) wrong.push(`“${name}” over “${called}”`);
    }
  });
  return [...new Set(wrong)];
}"""


def misplaced(page: Page) -> list[str]:
    """What nobody should see, in words."""
    found: list[str] = page.evaluate(MISPLACED)
    return found


def misplaced_anywhere(page: Page) -> dict[tuple[str, int], list[str]]:
    """The same by font and width of the window."""
    found = {}
    for font in FONTS:
        page.evaluate("font => document.documentElement.style.setProperty('--font', font)", font)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if faults := misplaced(page):
                found[font, width] = faults
    return found
