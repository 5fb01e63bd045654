/** The search and the filters of a static site. */

import { count, el } from "../../map/assets/controls/dom.js";
import { terms } from "../../map/assets/data/names.js";

/** How many of what was found are listed, of each table. */
const MOST = 8;

/** @typedef {{key: string, label: string, options: {value: string, label: string}[]}} Facet view/facets.py's */

export class Finder {
  /** What is listed, as a key. */
  #listed = "";

  /**
   * @param {import("../../map/assets/app.js").App} app
   * @param {Facet[]} facets
   * @param {(text: string) => void} searched called when the typing is done
   */
  constructor(app, facets, searched) {
    this.app = app;
    this.input = /** @type {HTMLInputElement} */ (
      el("input", {
        type: "search",
        placeholder: "Places, forces, what happened",
        "aria-label": "Search",
        maxlength: "200",
        autocomplete: "off",
        spellcheck: "false",
      })
    );
    this.input.addEventListener("input", () => app.filters.search(terms(this.input.value)));
    this.input.addEventListener("change", () => searched(this.input.value.trim()));
    this.said = el("p", { class: "said", role: "status" });
    this.found = el("ul", { class: "found" });
    /** @type {{key: string, value: string, input: HTMLInputElement}[]} */
    this.boxes = [];
    const groups = facets.map(({ key, label, options }) =>
      el(
        "fieldset",
        {},
        el("legend", {}, label),
        ...options.map(({ value, label: name }) => {
          const input = /** @type {HTMLInputElement} */ (
            el("input", { type: "checkbox", onchange: () => app.choose(key, value) })
          );
          this.boxes.push({ key, value, input });
          return el("label", {}, input, name);
        }),
      ),
    );
    this.chosen = el("span", { class: "chosen" });
    const clear = el("button", { type: "button", onclick: () => app.clearFilters() }, "Clear filters");
    const filters = el("details", { class: "filters" }, el("summary", {}, "Filters", this.chosen), ...groups, clear);
    this.element = el("div", { class: "finder", role: "search" }, this.input, this.said, this.found, filters);
  }

  /** What the link says is searched for. @param {string} text */
  take(text) {
    this.input.value = text;
    this.show();
  }

  /** Say what was found, and which filters are set. Called after every change. */
  show() {
    const { facets, terms: looked } = this.app.view;
    for (const { key, value, input } of this.boxes) input.checked = Boolean(facets[key]?.includes(value));
    const number = Object.values(facets).flat().length;
    this.chosen.textContent = number ? ` (${number})` : "";
    if (!looked.length && document.activeElement !== this.input) this.input.value = "";
    this.#list();
  }

  /** List what was found. */
  async #list() {
    const { app } = this;
    const { selection, data, view } = app;
    if (!selection) return;
    const { sites, incidents, movements } = selection;
    const newest = view.terms.length ? [...incidents.newest(MOST)] : [];
    const key = JSON.stringify([view.terms, sites.length, incidents.count, newest, [...movements.numbers]]);
    if (key === this.#listed) return;
    this.#listed = key;
    const rows = [];
    if (view.terms.length) {
      const titles = await app.titles(newest).catch(() => newest.map(() => ""));
      if (key !== this.#listed) return;
      for (const number of [...sites].slice(0, MOST)) rows.push(this.#row("site", number, data.sites.name[number]));
      for (const number of [...movements.numbers].slice(0, MOST)) {
        rows.push(this.#row("movement", number, data.movements.title[number]));
      }
      newest.forEach((number, at) => titles[at] && rows.push(this.#row("incident", number, titles[at])));
    }
    const counts = [
      count(sites.length, "site"),
      count(incidents.count, "incident"),
      count(movements.numbers.length, "movement"),
    ];
    this.said.textContent = view.terms.length ? `Found in these dates: ${counts.join(", ")}.` : "";
    this.found.replaceChildren(...rows);
  }

  /** @param {import("../../map/assets/app.js").Mark["type"]} type @param {number} number @param {string} text */
  #row(type, number, text) {
    const act = () => this.app.select(type, number);
    return el("li", {}, el("button", { type: "button", onclick: act }, text));
  }
}
