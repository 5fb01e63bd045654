/** Over the map, while only what was public by a day is shown: a line that says so. */

import { el } from "./controls/dom.js";
import { short } from "./time/days.js";

/** @typedef {import("./app.js").App} App */

/**
 * "Only what was public by 10 Feb 2026"; "" where all is shown.
 * @param {App} app
 * @param {"public_by" | "public_by_brief"} words
 */
export function publicBy({ view, data }, words) {
  return view.known ? `${data.words[words]} ${short(view.known.day)}` : "";
}

export class PublicBy {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.element = el("p", { class: "public-by", role: "status", hidden: true });
    app.map.getContainer().append(this.element);
  }

  show() {
    const text = publicBy(this.app, "public_by");
    this.element.hidden = !text;
    if (this.element.textContent !== text) this.element.textContent = text;
  }
}
