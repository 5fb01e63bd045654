/**
 * The stretch of time on the track: zoomed and panned by hand, and moved by itself where the window would leave it.
 *
 * @typedef {import("../time/scale.js").Domain} Domain
 * @typedef {import("../time/scale.js").Window} Window
 *
 * @typedef {object} Surroundings
 * @property {() => Window} read the window as it is
 * @property {() => import("../time/scale.js").Extent} limits how far the time may be panned and zoomed out
 * @property {() => void} changed another stretch is to be painted
 */

import { holds, moved, revealed, zoomed, zoomedAbout } from "../time/scale.js";

/** The time shown about a window: so many days before it at least, else so much of its own length; a third of it after. */
const ROOM = { days: 14, part: 0.5, after: 1 / 3 };
/** Of the stretch, how much is kept free before the edge that is played, and how much is added for a growing window. */
const AHEAD = 0.08;
const GROWTH = 0.25;

export class Stretch {
  /** @type {Domain | null} null before there is a window to show */
  domain = null;

  /** @param {Surroundings} surroundings */
  constructor(surroundings) {
    this.surroundings = surroundings;
  }

  /** @returns {Domain} */
  get #limits() {
    const { first, last } = this.surroundings.limits();
    return { from: first, to: last + 1 };
  }

  /** @param {Domain} domain */
  #show(domain) {
    this.domain = domain;
    this.surroundings.changed();
  }

  /** @param {(domain: Domain, limits: Domain) => Domain} change */
  #change(change) {
    if (this.domain) this.#show(change(this.domain, this.#limits));
  }

  /** Forget it: the next fit() shows the time about the window afresh. */
  reset() {
    this.domain = null;
  }

  /** Show the time about the window afresh, unless the window has room in what is shown and is not lost in it. */
  fit() {
    const { start, end } = this.surroundings.read();
    if (this.domain && holds(this.domain, { start, end })) return;
    const room = Math.max(ROOM.days, Math.round((end - start + 1) * ROOM.part));
    // No more empty time than a margin beyond the data and the window.
    const { from, to } = this.#limits;
    this.#show({ from: Math.max(start - room, from), to: Math.min(end + 1 + Math.round(room * ROOM.after), to) });
  }

  /** Fit only where an edge of the window is not in sight. */
  keepInSight() {
    const { start, end } = this.surroundings.read();
    if (this.domain && (start < this.domain.from || end >= this.domain.to)) this.fit();
  }

  /** Bring a window that was panned away back, for the keys that move it. */
  reveal() {
    this.#change((domain, limits) => revealed(domain, this.surroundings.read(), limits));
  }

  /**
   * Keep the edge that is played in sight.
   * @param {number} part what of a day more the window has moved @param {boolean} grows whether its start stays
   */
  follow(part, grows) {
    const { start, end } = this.surroundings.read();
    if (!this.domain || start < this.domain.from || start >= this.domain.to) {
      this.fit();
      return;
    }
    const { from, to } = this.domain;
    const over = end + 1 + part + (to - from) * AHEAD - to;
    const limits = this.#limits;
    if (over <= 0 || to >= limits.to) return;
    if (grows) this.#show({ from, to: Math.min(to + (to - from) * GROWTH, limits.to) });
    else this.#show(moved(this.domain, over, limits));
  }

  /** @param {number} factor @param {number} day that stays where it is */
  zoom(factor, day) {
    this.#change((domain, limits) => zoomed(domain, factor, day, limits));
  }

  /** Zoom with the window's middle in the middle. @param {number} factor */
  zoomAboutWindow(factor) {
    this.#change((domain, limits) => zoomedAbout(domain, factor, this.surroundings.read(), limits));
  }

  /** @param {number} days @param {Domain} [from] the stretch as it was when it was taken */
  pan(days, from) {
    this.#change((domain, limits) => moved(from ?? domain, days, limits));
  }

  /**
   * Zoom by two fingers, and move what they took hold of to where they are.
   * @param {Domain} from the stretch as it was when it was taken @param {number} factor @param {number} day that they took
   * @param {(domain: Domain) => number} under the day of a stretch that lies where they are now
   */
  spread(from, factor, day, under) {
    this.#change((_, limits) => {
      const zoom = zoomed(from, factor, day, limits);
      return moved(zoom, day - under(zoom), limits);
    });
  }
}
