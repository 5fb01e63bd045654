/** Rings about the rows that the page around points at: a sentence lights its places. Above the canvases, redrawn by none. */

import { onAct, onLight } from "./bridge.js";
import { el } from "./controls/dom.js";

/** @typedef {import("./app.js").Mark} Mark */

export class Lights {
  /** @type {string[]} */
  #rows = [];

  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    this.element = el("div", { class: "lights", "aria-hidden": "true" });
    app.map.getContainer().append(this.element);
    // While the map moves its places do too.
    app.map.on("movestart zoomstart", () => this.element.replaceChildren());
    app.map.on("moveend", () => this.show());
    onLight((rows) => this.#light(rows));
    onAct(() => this.#light([])); // what was pressed may be gone before the pointer leaves it
  }

  /** @param {string[]} rows */
  #light(rows) {
    this.#rows = rows;
    this.show();
  }

  /** Put a ring about each of the rows that has a place on the map. */
  show() {
    if (!this.#rows.length && !this.element.firstChild) return;
    const { x, y } = this.app.map.getSize();
    const places = this.#rows.map((row) => this.#place(row)).filter((at) => at !== null);
    const seen = places.filter(([left, top]) => left >= 0 && left <= x && top >= 0 && top <= y);
    this.element.replaceChildren(
      ...seen.map(([left, top]) => {
        const ring = el("span", {});
        ring.style.transform = `translate(${left}px, ${top}px)`;
        return ring;
      }),
    );
  }

  /** @param {string} row such as "site:al-tanf" @returns {[number, number] | null} */
  #place(row) {
    const [type, id] = row.split(/:(.*)/s);
    if (type !== "site" && type !== "movement") return null;
    const { data, scene } = this.app;
    const number = { site: data.sites, movement: data.movements }[type].numbers.get(id);
    return number === undefined ? null : scene.where({ type, number });
  }
}

/**
 * The names of the rows under the pointer by which the page around knows them: of an incident its site's.
 * @param {import("./data/dataset.js").Dataset} data
 * @param {Mark[]} marks
 * @returns {string[]}
 */
export function rowNames({ sites, movements, incidents }, marks) {
  const names = marks.map(({ type, number }) => {
    if (type === "movement") return `movement:${movements.id[number]}`;
    const site = type === "site" ? number : incidents.site(number);
    return site >= 0 ? `site:${sites.id[site]}` : "";
  });
  return [...new Set(names.filter(Boolean))];
}
