"use strict";
// In a frame: tells the page around it how high this one is and what it shows, and learns how much of it can be seen.
{
  const { parents, route } = document.body.dataset, origins = parents.split(" "), dialog = document.querySelector("dialog");
  let around = origins.length === 1 ? origins[0] : null, height = 0, shown = "";
  const tell = (type, more) => { if (around) parent.postMessage({ type: `portal:${type}`, v: 1, ...more }, around); };

  const measure = () => {
    const menus = document.querySelectorAll("details.menu[open] > :not(summary), #row-menu:not([hidden])");
    const ends = [document.body, ...menus].map((each) => each.getBoundingClientRect().bottom + scrollY);
    const needed = Math.ceil(Math.max(...ends, dialog.open ? dialog.scrollHeight + 48 : 0));
    if (needed !== height) tell("resize", { height: height = needed });
  };
  const where = (type) => {
    const here = { route: route && route + location.search, title: document.title };
    if (type === "ready" || here.route !== shown) tell(type, here);
    shown = here.route;
  };
  const begin = () => {
    height = 0;
    if (document.querySelector("[data-closed]")) tell("session-expired"); else where("ready");
    measure();
  };

  if (parent !== window) {
    document.documentElement.classList.add("in-panel");
    begin();
    addEventListener("pageshow", (event) => { if (event.persisted) begin(); });
    addEventListener("message", ({ source, origin, data }) => {
      if (source !== parent || !origins.includes(origin) || data?.type !== "portal:view" || data.v !== 1) return;
      for (const side of ["above", "below"]) {
        if (data[side] >= 0 && data[side] < 1e6) document.documentElement.style.setProperty(`--${side}`, `${Math.round(data[side])}px`);
      }
      if (!around) { around = origin; begin(); }
    });
    const watcher = new ResizeObserver(measure);
    for (const each of [document.body, dialog]) watcher.observe(each);
    document.addEventListener("toggle", measure, true);
    for (const change of ["click", "htmx:after:swap"]) document.addEventListener(change, () => requestAnimationFrame(measure));
    document.addEventListener("htmx:after:history:update", () => where("navigate"));
  }
}
