/** The divide of a compared map: a line with the two days beside it, and a handle, to be dragged or moved by keys. */

import { el } from "../controls/dom.js";
import { glyph } from "../draw/glyphs.js";
import { short } from "../time/days.js";

const ARROWS = "M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5";
const NOTE = "Sites only, as of each day";
const LEAVE = "Stop comparing";

/** How far a key moves the divide, in per cent of the map's width. @type {Record<string, number>} */
const STEPS = {
  ArrowLeft: -2,
  ArrowDown: -2,
  ArrowRight: 2,
  ArrowUp: 2,
  PageDown: -10,
  PageUp: 10,
  Home: -100,
  End: 100,
};

export class Divide {
  /** Whether a hand is on it. */
  held = false;

  /**
   * @param {import("../app.js").App} app
   * @param {HTMLElement} messages where it says what is drawn, and how to leave
   */
  constructor(app, messages) {
    this.app = app;
    this.before = el("span", { class: "day before" });
    this.after = el("span", { class: "day after" });
    this.grip = el(
      "div",
      {
        class: "grip",
        role: "slider",
        tabindex: "0",
        "aria-label": "Divide between the two days",
        "aria-valuemin": 0,
        "aria-valuemax": 100,
        onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
        onkeyup: () => this.#tell(),
        onblur: () => this.#tell(),
      },
      glyph(ARROWS),
    );
    this.line = el("div", { class: "divider" });
    this.element = el("div", { class: "divide", hidden: true }, this.line, this.before, this.after, this.grip);
    for (const part of [this.line, this.grip]) {
      part.addEventListener("pointerdown", (event) => this.#hold(event));
      part.addEventListener("pointermove", (event) => this.held && this.#follow(event));
      for (const name of ["pointerup", "pointercancel", "lostpointercapture"])
        part.addEventListener(name, () => this.#release());
      L.DomEvent.disableClickPropagation(part);
    }
    app.map.getContainer().append(this.element);
    const way = { type: "button", "aria-label": LEAVE, title: LEAVE, onclick: () => this.#leave() };
    const leave = el("button", way, "×");
    this.note = el("div", { class: "base-notice", hidden: true }, el("span", {}, NOTE), leave);
    L.DomEvent.disableClickPropagation(this.note);
    messages.append(this.note);
  }

  show() {
    const { start, end, compare } = this.app.view;
    const on = compare !== null;
    this.element.hidden = !on;
    this.note.hidden = !on;
    this.app.map.getContainer().classList.toggle("compared", on);
    if (!on) return;
    const [first, last] = [short(start), short(end)];
    this.element.style.setProperty("--at", `${compare}%`);
    if (this.before.textContent !== first) this.before.textContent = first;
    if (this.after.textContent !== last) this.after.textContent = last;
    this.grip.setAttribute("aria-valuenow", String(compare));
    this.grip.setAttribute("aria-valuetext", `${compare} % of the map as of ${first}, the rest as of ${last}`);
  }

  /** @param {PointerEvent} event */
  #hold(event) {
    if (event.button) return;
    event.preventDefault(); // nothing is to be marked, and the map is not to be dragged
    event.stopPropagation();
    this.held = true;
    /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
    this.grip.focus({ preventScroll: true });
  }

  /** @param {PointerEvent} event */
  #follow({ clientX }) {
    const { left, width } = this.app.map.getContainer().getBoundingClientRect();
    this.#move(((clientX - left) / width) * 100);
  }

  #release() {
    if (!this.held) return;
    this.held = false;
    this.#tell();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const step = STEPS[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation(); // these keys pan the map elsewhere
    this.#move((this.app.view.compare ?? 0) + step);
  }

  /** @param {number} at */
  #move(at) {
    const compare = Math.max(0, Math.min(100, Math.round(at)));
    if (compare !== this.app.view.compare) this.app.setCompare(compare, false);
  }

  /** Tell Python where it was let go. */
  #tell() {
    const { view, command } = this.app;
    if (!this.held && view.compare !== command.compare) this.app.setCompare(view.compare);
  }

  #leave() {
    this.app.setCompare(null);
    this.app.map.getContainer().focus({ preventScroll: true });
  }
}
