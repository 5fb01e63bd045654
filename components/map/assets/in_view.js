/** While only what is in view is told, the view's box follows the map: when it comes to rest, lists and counts are of there. */

import { boxed, boxOf } from "./data/box.js";
import { inSlices } from "./slices.js";

const SETTLE_MS = 200;

export class InView {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #settling;
  /** Whether the box is about to follow. */
  #pending = false;
  /** The number of the last part of the map that was looked at. */
  #turn = 0;

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

  /** Whether lists and counts are of another part of the map than is in view. */
  get #behind() {
    const box = this.app.view?.box;
    return Boolean(box) && String(box) !== String(this.box);
  }

  /** Called after every change: a link may have been made on a map of another size. */
  show() {
    if (!this.#pending && this.#behind) this.#soon();
  }

  #soon() {
    this.#turn += 1;
    this.#pending = true;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#follow(), SETTLE_MS);
  }

  async #follow() {
    const { filter } = this.app;
    const turn = this.#turn;
    const wanted = () => turn === this.#turn && filter === this.app.filter && this.#behind;
    if (filter && wanted()) await this.#count(filter, wanted);
    if (turn !== this.#turn) return;
    this.#pending = false;
    this.show(); // another filter may have come between
  }

  /**
   * Count what is in view: of a million rows in slices, as that takes longer than a frame.
   * @param {import("./data/select.js").Filter} filter @param {() => boolean} wanted whether it is still to be counted
   */
  async #count(filter, wanted) {
    const { app, box } = this;
    const counting = await inSlices(boxed(app.data, filter, box), wanted);
    if (!counting) return;
    if (app.timeline) await inSlices(app.timeline.histogram.counting(counting.incidents), wanted);
    if (wanted()) app.follow(box, counting);
  }
}
