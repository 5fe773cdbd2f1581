"use strict";
// <echeance-services panel="acme" token-url="/token">a link for those without script</echeance-services>
{
  const base = new URL(".", document.currentScript.src), kinds = ["message", "scroll", "resize"];
  const make = (name, given) => Object.assign(document.createElement(name), given);
  let frames = 0;
  customElements.define("echeance-services", class extends HTMLElement {
    static observedAttributes = ["locale", "theme", "route"];
    #frame; #route; #asked;

    connectedCallback() {
      const { style } = this.#frame = make("iframe", { name: `echeance-${++frames}`, title: this.title || this.textContent.trim() });
      Object.assign(style, { display: "block", width: "100%", height: "480px", border: 0 });
      this.style.display = "block";
      const name = this.getAttribute("address");
      this.#route = name && new URL(location).searchParams.get(name) || this.getAttribute("route");
      for (const kind of kinds) addEventListener(kind, this, true);
      this.#open();
    }
    disconnectedCallback() {
      for (const kind of kinds) removeEventListener(kind, this, true);
    }
    attributeChangedCallback(name, old, value) {
      if (!this.#frame || value === (name === "route" ? this.#route : old)) return;
      if (name === "route") this.#route = value;
      this.#open();
    }
    handleEvent(event) {
      if (event.type === "message") this.#hear(event); else this.#look();
    }

    async #open() {
      this.#asked = true;
      try {
        const asked = new URL(this.getAttribute("token-url"), document.baseURI);
        const wanted = { locale: this.getAttribute("locale"), theme: this.getAttribute("theme"), route: this.#route };
        for (const name in wanted) if (wanted[name]) asked.searchParams.set(name, wanted[name]);
        const answer = await fetch(asked, { cache: "no-store" });
        const { token } = await answer.json();
        const action = new URL(`in/${this.getAttribute("panel")}/launch`, base);
        const form = make("form", { method: "post", action, target: this.#frame.name, hidden: true });
        form.append(make("input", { name: "token", value: token }));
        if (!this.#frame.isConnected) this.replaceChildren(this.#frame);
        this.append(form);
        this.#frame.onload = () => this.#look();
        form.submit();
        form.remove();
      } catch (error) {
        this.#say("error", { error });
      }
    }
    #say(name, detail) {
      this.dispatchEvent(new CustomEvent(`portal-${name}`, { detail, bubbles: true }));
    }
    #look() {
      const { top, bottom } = this.#frame.getBoundingClientRect();
      const above = Math.max(0, (parseFloat(getComputedStyle(this).scrollMarginTop) || 0) - top), below = Math.max(0, bottom - innerHeight);
      this.#frame.contentWindow?.postMessage({ type: "portal:view", v: 1, above, below }, base.origin);
    }
    #hear({ source, origin, data }) {
      if (source !== this.#frame.contentWindow || origin !== base.origin || data?.v !== 1) return;
      const { type, height, route, title } = data, name = this.getAttribute("address"), here = new URL(location);
      if (type === "portal:resize" && height > 0) {
        this.#frame.style.height = `${Math.min(Math.max(height, 50), 20000)}px`;
        this.#look();
      }
      if (type === "portal:session-expired") this.#asked ? this.#say("closed") : this.#open();
      if (!/^portal:(ready|navigate)$/.test(type) || `${route}${title}`.length > 2000) return;
      this.#asked = false;
      if (route) {
        this.#route = route;
        here.searchParams.set(name, route);
        if (name) history.replaceState(history.state, "", here);
      }
      if (type === "portal:ready" && this.#frame.getBoundingClientRect().top < 0) this.scrollIntoView();
      this.#say("navigate", { route, title });
    }
  });
}
