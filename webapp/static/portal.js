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

/* One menu is open at a time; Escape or a click elsewhere closes it. */
const closeMenus = (except) => document.querySelectorAll("details.menu[open]").forEach((menu) => {
  if (menu !== except) menu.open = false;
});
document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

/* The dialog shows the region that is a page of its own without script. */
const dialog = document.createElement("dialog");
let opener = null;
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
  opener = document.querySelector("details.menu[open] > summary");
  closeMenus(null);
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
const failed = (why) => {
  const place = byId("problem");
  place.replaceChildren(Object.assign(document.createElement("p"), { className: "problem", textContent: place.dataset[why] }));
};
document.addEventListener("htmx:error", () => failed("offline"));
document.addEventListener("htmx:response:error", (event) => { if (event.detail.ctx.response.status >= 500) failed("broken"); });

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
