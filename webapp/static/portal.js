"use strict";
// Everything works without this file; with it, rows tick together, menus close and dialogs open.

document.documentElement.classList.add("js");

const byId = (id) => document.getElementById(id);

/* The checkbox of the page ticks its rows, and follows them. Capturing: htmx sends the form afterwards. */
document.addEventListener("change", (event) => {
  const rows = [...document.querySelectorAll('.services input[name="ref"]')];
  const page = byId("page-ticks");
  if (event.target === page) rows.forEach((row) => { row.checked = page.checked; });
  else if (event.target.name === "ref") page.checked = rows.every((row) => row.checked);
}, true);
const tickAll = (ticked) => document.querySelectorAll('#page-ticks, .services input[name="ref"]').forEach((box) => { box.checked = ticked; });
document.addEventListener("selection:all", () => tickAll(true));
document.addEventListener("selection:clear", () => tickAll(false));

/* What tables leave out: cells stay cells in whatever way they are laid out, links of a row say of which service. */
const dress = () => {
  document.querySelectorAll("table:not([role])").forEach((table) => table.setAttribute("role", "table"));
  document.querySelectorAll(":is(thead, tbody, tfoot):not([role])").forEach((group) => group.setAttribute("role", "rowgroup"));
  document.querySelectorAll("tr:not([role])").forEach((row) => {
    row.setAttribute("role", "row");
    for (const cell of row.cells) cell.setAttribute("role", { row: "rowheader", col: "columnheader" }[cell.scope] ?? "cell");
    row.querySelectorAll(".services td.actions > a").forEach((link, place) => {
      link.id = `${row.id}-${place}`;
      link.setAttribute("aria-labelledby", `${link.id} ${row.querySelector(".name a").id}`);
      if (link.matches(".more")) link.setAttribute("aria-expanded", "false");
    });
  });
};
document.addEventListener("htmx:after:swap", dress);
dress();

/* The menu of a row is fetched once somebody points at it, reaches it or presses it; one list serves all rows. */
const menu = Object.assign(document.createElement("ul"), { id: "row-menu", hidden: true });
menu.setAttribute("hx-sync", "this:replace");
let menuOf = null, fetched = null, soon = 0;
const fetchMenu = (more) => {
  if (menuOf === more) return fetched;
  menuOf = more;
  menu.replaceChildren();
  if (!menu.isConnected) document.body.append(menu);
  return fetched = htmx.ajax("GET", more.href, { source: menu, target: menu, swap: "innerHTML" });
};
const openMenu = async (more) => {
  closeRowMenu();
  await fetchMenu(more);
  if (menuOf !== more) return;
  if (!menu.firstElementChild) return location.assign(more.href);
  more.after(menu);
  menu.hidden = false;
  more.setAttribute("aria-expanded", "true");
};
const closeRowMenu = () => {
  if (menu.hidden) return;
  menu.hidden = true;
  menuOf.setAttribute("aria-expanded", "false");
  menuOf = null;
};
for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, (event) => {
  const more = event.target.closest?.(".more");
  clearTimeout(soon);
  if (more && menu.hidden && window.htmx) soon = setTimeout(() => menu.hidden && fetchMenu(more), 80);
});
document.addEventListener("focusout", (event) => {
  if (event.relatedTarget && !event.relatedTarget.closest(".services .actions")?.contains(menu)) closeRowMenu();
});
/* What was fetched tells of rows as they were. */
document.addEventListener("htmx:after:swap", (event) => {
  if (regionOf(event) === menu) return;
  if (!menu.isConnected) menu.hidden = true;
  if (menu.hidden) menuOf = null;
});

/* The actions of a row, in it or in its menu, happen in the dialog; keys that open another tab still do. */
let opener = null;
document.addEventListener("click", (event) => {
  const link = event.target.closest(".services .actions > a, #row-menu .act");
  if (!link || !window.htmx || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (link.matches(".more")) return menuOf === link && !menu.hidden ? closeRowMenu() : openMenu(link);
  opener = menu.contains(link) ? menuOf : link;
  htmx.ajax("GET", link.href, { source: link, target: "#in-dialog", swap: "outerHTML", headers: { "HX-Target": "div#in-dialog" } });
});

/* On a small screen the header is a line with a menu. */
const toNav = () => document.querySelector(".to-nav");
const openNav = (open) => {
  byId("nav")?.classList.toggle("open", open);
  toNav()?.setAttribute("aria-expanded", String(open));
};
openNav(false);

/* One menu is open at a time; Escape, a click or the focus elsewhere closes it. */
const closeMenus = (except) => document.querySelectorAll("details.menu[open]").forEach((each) => {
  if (each !== except) each.open = false;
});
document.addEventListener("click", (event) => {
  const nav = byId("nav"), asked = toNav()?.contains(event.target) ?? false;
  if (asked) event.preventDefault();
  if (!nav?.contains(event.target)) openNav(asked && !nav.matches(".open"));
  closeMenus(event.target.closest("details.menu"));
  if (!event.target.closest(".services .actions")) closeRowMenu();
});
document.addEventListener("focusin", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = byId("nav")?.matches(".open") ? toNav() : menu.hidden ? document.querySelector("details.menu[open] > summary") : menuOf;
  openNav(false);
  closeMenus(null);
  closeRowMenu();
  open?.focus();
});

/* The dialog shows the region that is a page of its own without script. */
const dialog = document.createElement("dialog");
const empty = () => { dialog.replaceChildren(Object.assign(document.createElement("div"), { id: "in-dialog" })); };
empty();
document.body.append(dialog);
/* Going back redraws the whole body, and the title is the dialog's only as long as it is open. */
let pageTitle = document.title;
document.addEventListener("htmx:after:swap", () => { if (!dialog.isConnected) document.body.append(dialog); });
document.addEventListener("htmx:before:swap", () => { if (!dialog.open) pageTitle = document.title; });
dialog.addEventListener("close", () => { empty(); document.title = pageTitle; opener?.isConnected ? opener.focus() : byId(opener?.id)?.focus(); });
dialog.addEventListener("click", (event) => {
  if (event.target === dialog || event.target.closest("[data-close]")) { event.preventDefault(); dialog.close(); }
});
document.addEventListener("dialog:open", () => {
  if (dialog.open || !byId("in-dialog").firstElementChild) return;
  closeRowMenu();
  dialog.setAttribute("aria-labelledby", "in-dialog-title");
  dialog.showModal();
  byId("in-dialog-title").focus();
});
document.addEventListener("dialog:close", () => dialog.close());

/* The filters stay open while the table around them is redrawn. */
let filtersOpen = false;
document.addEventListener("toggle", (event) => { if (event.target.id === "more-filters") filtersOpen = event.target.open; }, true);
document.addEventListener("htmx:after:swap", () => { const filters = byId("more-filters"); if (filters) filters.open = filtersOpen; });

/* What is being fetched says so; what could not be fetched says why. */
const regionOf = (event) => event.detail?.ctx?.target;
document.addEventListener("htmx:before:request", (event) => regionOf(event)?.setAttribute?.("aria-busy", "true"));
document.addEventListener("htmx:finally:request", (event) => regionOf(event)?.removeAttribute?.("aria-busy"));
const failed = (why, number) => {
  const place = byId("problem"), said = number ? `${place.dataset[why]} (${number})` : place.dataset[why];
  place.replaceChildren(Object.assign(document.createElement("p"), { className: "problem", textContent: said }));
};
document.addEventListener("htmx:error", () => failed("offline"));
document.addEventListener("htmx:response:error", (event) => { const { status, headers } = event.detail.ctx.response; if (status >= 500) failed("broken", headers.get("X-Request-ID")); });

/* Nobody is left nowhere when the link they pressed is gone; the language form comes back to where one is now. */
let pressed = "";
document.addEventListener("htmx:before:request", (event) => { pressed = event.detail?.ctx?.sourceElement?.id ?? ""; });
document.addEventListener("htmx:finally:request", () => {
  if (document.activeElement !== document.body || dialog.open) return;
  const nearest = pressed.startsWith("page-") ? byId("page-previous") ?? byId("page-next") : pressed.startsWith("selection-") ? byId("batch-actions-menu") : null;
  (byId(pressed) ?? nearest ?? byId("q"))?.focus({ preventScroll: true });
});
document.addEventListener("submit", (event) => {
  if (event.target.matches(".language")) event.target.elements.next.value = location.pathname + location.search;
});
