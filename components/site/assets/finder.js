/** The search and the filters of a static site. */

import { count, el } from "../../map/assets/controls/dom.js";
import { fold, terms } from "../../map/assets/data/names.js";

/** How many of what was found are listed, of each table. */
const MOST = 8;

/**
 * @typedef {{value: string, label: string}} Option
 * @typedef {{key: string, label: string, options: Option[], others: Option[], unlisted: string, none: string}} Facet
 *   site/map_page.py's: of many options the first, and those that are folded away
 */

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
    const groups = facets.map((facet) => {
      const boxes = (/** @type {Option[]} */ options) => options.map((option) => this.#box(facet.key, option));
      const legend = el("legend", {}, facet.label);
      return el("fieldset", {}, legend, ...boxes(facet.options), others(facet, boxes(facet.others)));
    });
    this.chosen = el("span", { class: "chosen" });
    const clear = el("button", { type: "button", onclick: () => app.clearFilters() }, "Clear filters");
    const filters = el("details", { class: "filters" }, el("summary", {}, "Filters", this.chosen), ...groups, clear);
    this.element = el("div", { class: "finder", role: "search" }, this.input, this.said, this.found, filters);
  }

  /** @param {string} key a facet's @param {Option} option */
  #box(key, { value, label }) {
    const act = () => this.app.choose(key, value);
    const input = /** @type {HTMLInputElement} */ (el("input", { type: "checkbox", onchange: act }));
    this.boxes.push({ key, value, input });
    return el("label", {}, input, label);
  }

  /** What the link says is searched for. @param {string} text */
  take(text) {
    this.input.value = text;
    this.show();
  }

  /** Say what was found, and which filters are set. Called after every change. */
  show() {
    const { facets, terms: looked } = this.app.view;
    for (const { key, value, input } of this.boxes) {
      input.checked = Boolean(facets[key]?.includes(value));
      unfold(input);
    }
    const number = Object.values(facets).flat().length;
    this.chosen.textContent = number ? ` (${number})` : "";
    if (!looked.length && document.activeElement !== this.input) this.input.value = "";
    this.#list();
  }

  /** List what was found. */
  async #list() {
    const { app } = this;
    const { counted, data, view } = app;
    if (!counted) return;
    const { sites, incidents, movements } = counted;
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

/**
 * What of many options is folded behind how many more there are, with a search in it; what is chosen stays in sight.
 * @param {Facet} facet @param {HTMLElement[]} labels
 */
function others({ label, unlisted, none }, labels) {
  if (!labels.length) return null;
  const said = el("p", { class: "said", role: "status" });
  const name = `Search in ${label.toLowerCase()}`;
  const field = /** @type {HTMLInputElement} */ (
    el("input", { type: "search", class: "within", "aria-label": name, placeholder: name })
  );
  field.addEventListener("input", () => {
    const wanted = terms(field.value).map((term) => ` ${term}`);
    let found = 0;
    for (const one of folded(more)) {
      const text = ` ${fold(one.textContent ?? "")}`;
      one.hidden = !wanted.every((term) => text.includes(term));
      if (!one.hidden) found += 1;
    }
    said.textContent = found ? "" : none;
  });
  const summary = el("summary", {}, moreText(labels.length));
  const last = unlisted ? el("p", {}, unlisted) : null;
  const more = el("details", { class: "more" }, summary, field, said, ...labels, last);
  return more;
}

/** @param {number} number */
const moreText = (number) => `${number} more`;

/** The options of a fold. @param {Element} more @returns {HTMLElement[]} */
const folded = (more) => [...more.querySelectorAll("label")];

/** What is chosen is in sight, before the fold that it was in. @param {HTMLInputElement} input */
function unfold(input) {
  const more = input.closest("details.more");
  const label = input.closest("label");
  if (!more || !label || !input.checked) return;
  more.before(label);
  const summary = more.querySelector("summary");
  if (summary) summary.textContent = moreText(folded(more).length);
}
