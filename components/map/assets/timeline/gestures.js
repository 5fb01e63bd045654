/**
 * The hand on the track: one pointer drags a part of it or the time below it, two pinch, a wheel zooms or pans.
 *
 * @typedef {import("../time/brush.js").Part | "time"} Taken what a hand takes hold of
 * @typedef {{x: number, y: number}} Place
 *
 * @typedef {object} Hand what the gestures do; places are pixels from the track's left and top
 * @property {(x: number, y: number, coarse: boolean) => Taken} part which part of the track lies there
 * @property {(part: Taken, x: number) => void} grab
 * @property {(x: number) => void} drag
 * @property {(kept: boolean) => void} drop `kept` is false where the drag is to be undone
 * @property {(x: number, gap: number) => void} pinch begin, with the middle of the fingers and their distance
 * @property {(x: number, gap: number) => void} spread
 * @property {(factor: number, x: number) => void} zoom
 * @property {(pixels: number) => void} pan
 * @property {(x: number, y: number) => void} point at a place, without holding it
 * @property {() => void} leave
 */

/** A finger that has moved no further has tapped. */
const TAP = 6;
/** How much a notch of a wheel, or a pixel of a trackpad's pinch, zooms. */
const WHEEL = 0.002;
const TRACKPAD = 0.01;
const LINE = 16;

export class Gestures {
  /** @param {HTMLElement} track @param {Hand} hand */
  constructor(track, hand) {
    this.track = track;
    this.hand = hand;
    /** @type {Map<number, Place>} the pointers that are down */
    this.down = new Map();
    /** @type {{part: Taken, at: Place, still: boolean} | null} */
    this.held = null;
    track.addEventListener("pointerdown", (event) => this.#press(event));
    track.addEventListener("pointermove", (event) => this.#move(event));
    track.addEventListener("pointerup", (event) => this.#lift(event, true));
    track.addEventListener("pointercancel", (event) => this.#lift(event, false));
    track.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && hand.leave());
    // Not passive: what zooms the track must not scroll the page.
    track.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    document.addEventListener("pointerdown", ({ target }) => {
      if (!track.contains(/** @type {Node | null} */ (target))) hand.leave();
    });
  }

  /** @param {MouseEvent} event @returns {Place} */
  #at({ clientX, clientY }) {
    const { left, top } = this.track.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  /** The middle of two pointers and their distance along the track. @returns {[number, number]} */
  #fingers() {
    const [a, b] = [...this.down.values()].map(({ x }) => x);
    return [(a + b) / 2, Math.max(8, Math.abs(a - b))];
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (event.button || this.down.size > 1) return;
    const { hand } = this;
    const at = this.#at(event);
    this.down.set(event.pointerId, at);
    this.track.setPointerCapture(event.pointerId);
    hand.leave();
    if (this.down.size === 2) {
      if (this.held) hand.drop(false);
      this.held = null;
      hand.pinch(...this.#fingers());
      return;
    }
    const part = hand.part(at.x, at.y, event.pointerType === "touch");
    this.held = { part, at, still: true };
    hand.grab(part, at.x);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const at = this.#at(event);
    if (!this.down.has(event.pointerId)) {
      if (event.pointerType !== "touch") this.hand.point(at.x, at.y);
      return;
    }
    this.down.set(event.pointerId, at);
    if (this.down.size === 2) return this.hand.spread(...this.#fingers());
    if (!this.held) return; // the finger that is left of a pinch
    if (Math.abs(at.x - this.held.at.x) > TAP) this.held.still = false;
    this.hand.drag(at.x);
  }

  /** @param {PointerEvent} event @param {boolean} kept */
  #lift(event, kept) {
    if (!this.down.delete(event.pointerId) || !this.held) return;
    const { still, at } = this.held;
    this.held = null;
    this.hand.drop(kept);
    // A finger cannot hover: it taps.
    if (kept && still) this.hand.point(at.x, at.y);
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    event.preventDefault();
    const unit = event.deltaMode ? LINE : 1;
    const sideways = event.shiftKey && !event.deltaX ? event.deltaY : event.deltaX;
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return this.hand.pan(sideways * unit);
    const factor = Math.exp(event.deltaY * unit * (event.ctrlKey ? TRACKPAD : WHEEL));
    this.hand.zoom(factor, this.#at(event).x);
  }
}
