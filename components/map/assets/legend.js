/** What the marks on the map mean, as of the window's right edge. */

import { short } from "./days.js";
import { el } from "./dom.js";
import { legible } from "./palette.js";

const STATUS = [
  ["held", "held"],
  ["possible", "possibly held"],
  ["handed-over", "handed over"],
  ["vacated", "vacated"],
  ["former", "left earlier"],
  ["area", "within this area"],
  ["undisclosed", "undisclosed"],
  ["movement", "movement"],
];

export class Legend {
  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    this.data = app.data;
    this.title = el("summary");
    this.forces = el("ul", { class: "legend-forces" });
    this.element = el(
      "details",
      { class: "legend", open: innerWidth > 700 },
      this.title,
      el("ul", {}, ...STATUS.map(([mark, text]) => el("li", {}, el("i", { class: `mark ${mark}` }), text))),
      this.forces,
    );
    L.DomEvent.disableClickPropagation(this.element);
    L.DomEvent.disableScrollPropagation(this.element);
    app.map.getContainer().append(this.element);
  }

  /** Name the day, and the forces that hold the sites on view. */
  show() {
    const { window, selection, states, palette } = this.app;
    this.title.textContent = `Sites on ${short(window.end)}`;
    const forces = [...new Set(selection.sites.map((s) => states[s].force).filter((force) => force >= 0))].sort((a, b) => a - b);
    const key = `${forces} ${palette.land}`;
    if (key === this.key) return;
    this.key = key;
    const byColour = new Map();
    for (const force of forces) {
      const { name, colour } = this.data.forces[force];
      byColour.set(colour, [...(byColour.get(colour) ?? []), name]);
    }
    this.forces.replaceChildren(
      ...[...byColour].map(([colour, names]) => {
        const mark = el("i", { class: "mark held" });
        mark.style.setProperty("--colour", legible(colour, palette.land));
        return el("li", { title: names.join(", ") }, mark, names.length > 1 ? "Others" : names[0]);
      }),
    );
  }
}
