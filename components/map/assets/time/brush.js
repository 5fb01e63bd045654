/**
 * The window as what a hand moves: its two edges and the band between them, by pointer and by key. The timeline and the
 * strength chart share it; it knows neither the page nor the server.
 *
 * @typedef {import("./scale.js").Window} Window
 * @typedef {import("./scale.js").Extent} Extent
 * @typedef {"start" | "end" | "band"} Part of the window that is moved
 *
 * @typedef {object} Brushed what a brush moves
 * @property {() => Window} read the window as it is
 * @property {() => Extent} extent of the data: where the Home and End keys lead
 * @property {(window: Window) => Extent} limits how far the window may be moved, given as it was when it was taken
 * @property {(window: Window) => void} move show another
 * @property {() => void} done it has been let go
 */

import { addMonths, within } from "./days.js";

/** After the last key the window counts as let go. */
export const SETTLE_MS = 250;

/** @type {Record<string, (day: number) => number>} */
const STEPS = {
  ArrowLeft: (day) => day - 1,
  ArrowDown: (day) => day - 1,
  ArrowRight: (day) => day + 1,
  ArrowUp: (day) => day + 1,
  PageDown: (day) => addMonths(day, -1),
  PageUp: (day) => addMonths(day, 1),
};

/**
 * The part of the window that lies within `reach` pixels of a place, "" for none.
 * @param {import("./scale.js").Scale} scale @param {Window} window @param {number} x @param {number} reach
 * @returns {Part | ""}
 */
export function partAt(scale, { start, end }, x, reach) {
  const [left, right] = [scale.x(start), scale.x(end + 1)];
  // Of a narrow window a third is left to be taken as a whole.
  const edge = Math.min(reach, (right - left) / 3);
  if (x > left + edge && x < right - edge) return "band";
  const [fromStart, fromEnd] = [Math.abs(x - left), Math.abs(x - right)];
  if (Math.min(fromStart, fromEnd) > reach) return "";
  return fromStart < fromEnd || (fromStart === fromEnd && x < left) ? "start" : "end";
}

/**
 * The window with a part of it some days on, as far as `limits` allow; an edge goes no further than the other.
 * @param {Part} part @param {Window} window @param {number} days whole @param {Extent} limits
 * @returns {Window}
 */
export function dragged(part, { start, end }, days, { first, last }) {
  const by = within(days, first - (part === "end" ? end : start), last - (part === "start" ? start : end));
  if (part === "band") return { start: start + by, end: end + by };
  return part === "start" ? { start: Math.min(start + by, end), end } : { start, end: Math.max(end + by, start) };
}

/**
 * The window after a key on one of its edges: arrows move it a day, Page keys a month, Home and End to the ends of the
 * data or the other edge. Null for other keys.
 * @param {string} key @param {"start" | "end"} edge @param {Window} window @param {Extent} extent @param {Extent} limits
 * @returns {Window | null}
 */
export function keyed(key, edge, { start, end }, extent, limits) {
  const ends = edge === "start" ? { Home: extent.first, End: end } : { Home: start, End: extent.last };
  const day = edge === "start" ? start : end;
  const asked = key === "Home" || key === "End" ? ends[key] : STEPS[key]?.(day);
  if (asked === undefined) return null;
  const next = within(asked, limits.first, limits.last);
  return edge === "start" ? { start: Math.min(next, end), end } : { start, end: Math.max(next, start) };
}

export class Brush {
  /** @type {{part: Part, window: Window} | null} */
  #held = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #settling;

  /** @param {Brushed} brushed */
  constructor(brushed) {
    this.brushed = brushed;
  }

  /** The part that is held, null for none. */
  get part() {
    return this.#held?.part ?? null;
  }

  /** Whether a hand moves the window, or its last key has not settled: what the server says waits. */
  get busy() {
    return this.#held !== null || this.#settling !== undefined;
  }

  /** How far the window may be moved: as it was when it was taken, so that a drag does not widen it. */
  get limits() {
    return this.brushed.limits(this.#held?.window ?? this.brushed.read());
  }

  /** Take hold of a part. @param {Part} part */
  grab(part) {
    this.halt();
    this.#held = { part, window: this.brushed.read() };
  }

  /** Move what is held to some days from where it was taken. @param {number} days */
  drag(days) {
    if (!this.#held) return;
    const { part, window } = this.#held;
    this.brushed.move(dragged(part, window, Math.round(days), this.limits));
  }

  /** Let go; what is not `kept` goes back to where it was. @param {boolean} kept */
  drop(kept) {
    if (!this.#held) return;
    const { window } = this.#held;
    this.#held = null;
    if (!kept) this.brushed.move(window);
    this.brushed.done();
  }

  /** A key on an edge. @param {string} key @param {"start" | "end"} edge @returns {boolean} whether it meant something */
  press(key, edge) {
    const next = keyed(key, edge, this.brushed.read(), this.brushed.extent(), this.limits);
    if (next) this.nudge(next);
    return next !== null;
  }

  /** Move it now; it counts as let go when no further move has come for a while. @param {Window} window */
  nudge(window) {
    this.brushed.move(window);
    this.halt();
    this.#settling = setTimeout(() => {
      this.#settling = undefined;
      this.brushed.done();
    }, SETTLE_MS);
  }

  /** Forget that a key has to settle: it is let go already, or another link says where the window is. */
  halt() {
    clearTimeout(this.#settling);
    this.#settling = undefined;
  }
}
