/** While only what is in view is told, the view's box follows the map: when it comes to rest, lists and counts are of there. */

import { boxOf } from "./data/box.js";

const SETTLE_MS = 200;

export class InView {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #settling;

  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    app.map.on("moveend resize", () => this.#soon());
  }

  /** What of the map is in view now. */
  get box() {
    const bounds = this.app.map.getBounds();
    return boxOf(bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth());
  }

  /** Called after every change: a link may have been made on a map of another size. */
  show() {
    const { box } = this.app.view;
    if (box && String(box) !== String(this.box)) this.#soon();
  }

  #soon() {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#follow(), SETTLE_MS);
  }

  #follow() {
    const { view } = this.app;
    if (view?.box && String(view.box) !== String(this.box)) this.app.setBox(this.box, true);
  }
}
