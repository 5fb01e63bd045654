/** The buttons on the map: zoom and home. */

import { el } from "./dom.js";

export class Controls {
  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    const { map } = app;
    const button = (text, label, act) =>
      el("button", { type: "button", "aria-label": label, title: label, onclick: act }, text);
    this.element = el(
      "div",
      { class: "controls" },
      button("+", "Zoom in", () => map.zoomIn(1)),
      button("−", "Zoom out", () => map.zoomOut(1)),
      button("⌂", "Home view", () => this.#home()),
    );
    L.DomEvent.disableClickPropagation(this.element);
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
    map.getContainer().append(this.element);
  }

  /** Called whenever what is on view, or the theme, has changed. */
  show() {}

  #home() {
    const { map, home } = this.app;
    map.flyTo([home.lat, home.lon], home.zoom, { duration: 0.15 });
  }
}
