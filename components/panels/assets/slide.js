/** The window on a line over the charts: a band between two handles, dragged there and on the charts themselves. */

import { Brush, partAt } from "../../map/assets/time/brush.js";
import { short } from "../../map/assets/time/days.js";
import { el, TARGET } from "./series.js";

/**
 * @typedef {import("../../map/assets/time/brush.js").Brushed} Brushed
 * @typedef {import("../../map/assets/time/brush.js").Part} Part
 * @typedef {import("../../map/assets/time/scale.js").Scale} Scale
 * @typedef {import("../../map/assets/time/scale.js").Extent} Extent
 * @typedef {import("../../map/assets/time/scale.js").Window} Window
 */

/** What the pointer looks like over each part of the window, and beside it. */
const CURSORS = { start: "ew-resize", end: "ew-resize", band: "grab", "": "" };

export class Slide {
  /** @type {Scale | null} null before its size is known */
  scale = null;
  /** Where a hand took hold of the window, in pixels. */
  #grabbed = 0;

  /** @param {HTMLElement} box from whose left side the scale counts @param {Brushed} brushed */
  constructor(box, brushed) {
    this.box = box;
    this.brushed = brushed;
    this.brush = new Brush(brushed);
    this.band = el("div", { class: "band" });
    this.handles = { start: this.#handle("start", "Window start"), end: this.#handle("end", "Window end") };
    this.element = el("div", { class: "slide" }, this.band, this.handles.start, this.handles.end);
    this.listen(this.element);
  }

  /** @param {"start" | "end"} edge @param {string} label */
  #handle(edge, label) {
    const handle = el("div", { class: `handle ${edge}`, role: "slider", tabindex: 0, "aria-label": label });
    handle.addEventListener("keydown", (event) => {
      if (this.brush.press(event.key, edge)) event.preventDefault();
    });
    return handle;
  }

  /** Let the window be dragged on an element that lies over the same time. @param {HTMLElement | SVGElement} element */
  listen(element) {
    /** @param {(event: PointerEvent) => void} act @returns {(event: Event) => void} */
    const pointer = (act) => (event) => act(/** @type {PointerEvent} */ (event));
    element.addEventListener(
      "pointerdown",
      pointer((event) => this.#press(element, event)),
    );
    element.addEventListener(
      "pointermove",
      pointer((event) => this.#move(element, event)),
    );
    element.addEventListener("pointerup", () => this.brush.drop(true));
    element.addEventListener("pointercancel", () => this.brush.drop(false));
  }

  /** @param {PointerEvent} event */
  #x({ clientX }) {
    return clientX - this.box.getBoundingClientRect().left;
  }

  /** The part of the window under a pointer. @param {PointerEvent} event @returns {Part | ""} */
  #part(event) {
    if (!this.scale) return "";
    const reach = event.pointerType === "touch" ? TARGET : TARGET / 2 + 2;
    return partAt(this.scale, this.brushed.read(), this.#x(event), reach);
  }

  /** @param {HTMLElement | SVGElement} element @param {PointerEvent} event */
  #press(element, event) {
    const target = /** @type {Element} */ (event.target);
    if (event.button || !event.isPrimary || target.closest(".report")) return;
    // A handle lies outside the edge it moves.
    const part = target === this.handles.start ? "start" : target === this.handles.end ? "end" : this.#part(event);
    if (!part) return;
    event.preventDefault();
    element.setPointerCapture(event.pointerId);
    if (part !== "band") this.handles[part].focus({ preventScroll: true });
    this.#grabbed = this.#x(event);
    this.brush.grab(part);
  }

  /** @param {HTMLElement | SVGElement} element @param {PointerEvent} event */
  #move(element, event) {
    if (this.brush.part && this.scale) this.brush.drag((this.#x(event) - this.#grabbed) / this.scale.perDay);
    else element.style.cursor = CURSORS[this.#part(event)];
  }

  /**
   * Show the window at its place.
   * @param {number} left @param {number} right pixels @param {Window} window @param {Extent} reach of the handles
   */
  place(left, right, { start, end }, reach) {
    this.band.style.transform = `translateX(${left}px)`;
    this.band.style.width = `${right - left}px`;
    place(this.handles.start, left - TARGET, start, Math.min(reach.first, start), end);
    place(this.handles.end, right, end, start, Math.max(reach.last, end));
  }
}

/** @param {HTMLElement} handle @param {number} x @param {number} day @param {number} least @param {number} most */
function place(handle, x, day, least, most) {
  handle.style.transform = `translateX(${x}px)`;
  handle.setAttribute("aria-valuemin", String(least));
  handle.setAttribute("aria-valuemax", String(most));
  handle.setAttribute("aria-valuenow", String(day));
  handle.setAttribute("aria-valuetext", short(day));
}
