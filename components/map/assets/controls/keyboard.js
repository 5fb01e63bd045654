/**
 * What is on view without a mouse: behind one stop of the Tab key, a list of the rows on the map. Tab goes through
 * them, each is ringed and told as it gets the focus, and Enter opens it.
 */

import { el } from "./dom.js";

const MOST = 200; // rows listed; more would be a walk without end, and the table has them

export class KeyboardNavigation {
  /** @param {import("../app.js").App} app */
  constructor(app) {
    this.app = app;
    this.list = el("ul", {});
    this.opener = el(
      "button",
      { type: "button", class: "walk-start", onclick: () => this.#fill() },
      "Go through what is on the map",
    );
    this.element = el(
      "div",
      {
        class: "walk",
        onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
        onfocusout: (/** @type {FocusEvent} */ event) => this.#leave(event),
      },
      this.opener,
      this.list,
    );
    L.DomEvent.disableClickPropagation(this.element);
    app.map.getContainer().append(this.element);
  }

  /** What was listed is no longer what is on view; the list is closed, unless somebody is in it. */
  show() {
    if (!this.element.contains(document.activeElement)) this.list.replaceChildren();
  }

  async #fill() {
    const { app } = this;
    const { sites, incidents, movements } = app.selection;
    // A compared map draws sites alone.
    const newest = app.compared ? [] : incidents.newest(MOST);
    const titles = await app.titles(newest);
    /** @typedef {[import("../app.js").Mark["type"], number, string]} Row */
    const rows = /** @type {Row[]} */ ([
      ...sites
        .filter((site) => app.states[site].status !== "unknown")
        .map((number) => ["site", number, app.data.sites.name[number]]),
      ...(app.compared ? [] : movements.numbers).map((number) => [
        "movement",
        number,
        app.data.movements.title[number],
      ]),
      ...newest.map((number, n) => ["incident", number, titles[n]]),
    ]).slice(0, MOST);
    this.list.replaceChildren(
      ...rows.map(([type, number, title]) =>
        el(
          "li",
          {},
          el(
            "button",
            {
              type: "button",
              onfocus: () => app.point({ type, number }),
              onclick: () => app.select(type, number),
            },
            title,
          ),
        ),
      ),
    );
    this.list.querySelector("button")?.focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Escape" || !this.list.children.length) return;
    event.preventDefault(); // it means no more than this
    this.list.replaceChildren();
    this.opener.focus();
  }

  /** @param {FocusEvent} event */
  #leave(event) {
    if (!this.element.contains(/** @type {Node | null} */ (event.relatedTarget))) {
      this.list.replaceChildren();
      this.app.point(null);
    }
  }
}
