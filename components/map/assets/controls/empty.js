/** What is said where nothing is on view, and the ways out of it. */

import { select } from "../data/select.js";
import { el } from "./dom.js";

export class Empty {
  /** @param {import("../app.js").App} app @param {HTMLElement} messages where it is said */
  constructor(app, messages) {
    this.app = app;
    this.nothing = app.nothing;
    this.text = el("p", { role: "status" });
    this.ways = [
      el(
        "button",
        { type: "button", class: "clear", onclick: () => this.#take(() => app.clearFilters()) },
        "Clear filters",
      ),
      el("button", { type: "button", class: "all", onclick: () => this.#take(() => app.showAllDates()) }, "All dates"),
    ];
    this.element = el("div", { class: "empty", hidden: true }, this.text, el("div", {}, ...this.ways));
    L.DomEvent.disableClickPropagation(this.element);
    messages.append(this.element);
  }

  show() {
    const { counted, data } = this.app;
    const { start, end, facets, terms, known, box } = this.app.view;
    // Of a search the sites that it found are something too, and where there is nothing else, who holds them.
    const others = data.incidents.length + data.movements.length > 0;
    const sites = terms.length || !others ? counted.sites.length : 0;
    const held = others ? 0 : counted.areas.length;
    this.element.hidden = counted.incidents.count + counted.movements.numbers.length + sites + held > 0;
    if (this.nothing) return this.#absent();
    const filtered = Object.keys(facets).length > 0 || terms.length > 0 || Boolean(known);
    const narrowed = start !== data.extent.first || end !== data.extent.last;
    const elsewhere = this.element.hidden || !narrowed ? 0 : this.#onAllDates();
    [filtered || box, elsewhere > 0].forEach((helps, way) => (this.ways[way].hidden = !helps));
    this.ways[1].textContent = `All dates (${elsewhere.toLocaleString("en")})`;
    const text = `Nothing ${filtered ? "matches" : "is on record"}${elsewhere ? " in this window" : ""}${box ? ` ${data.words.in_view}` : ""}.`;
    if (!this.element.hidden && this.text.textContent !== text) this.text.textContent = text;
  }

  /** How many incidents and movements the filters let through, whenever they are dated. */
  #onAllDates() {
    const { data, counting: filter } = this.app;
    if (!filter) return 0;
    const { incidents, movements } = select(data, filter, data.extent.first, data.extent.last);
    return incidents.count + movements.numbers.length;
  }

  /** Without data there is no way out here: what is missing is said, and what to do. */
  #absent() {
    for (const way of this.ways) way.hidden = true;
    if (this.text.textContent !== this.nothing) this.text.textContent = this.nothing;
    return undefined;
  }

  /** A button that has done what it can is gone: the focus goes to the other, or to the map. @param {() => void} way */
  #take(way) {
    way();
    const next = this.element.hidden ? null : this.ways.find((button) => !button.hidden);
    (next ?? this.app.map.getContainer()).focus({ preventScroll: true });
  }
}
