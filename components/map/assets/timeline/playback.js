/**
 * Moves the window by itself: on as it is, or growing from where it begins. It knows neither the page nor the
 * server; what it moves and to whom it reports, it is handed.
 *
 * @typedef {{start: number, end: number}} Window days
 * @typedef {import("./histogram.js").Size} Size of a bin
 * @typedef {import("../time/scale.js").Extent} Extent
 *
 * @typedef {object} Stage
 * @property {() => Window} read the window as it is
 * @property {(window: Window, part: number) => void} move show another; `part` of a day more is on its way
 * @property {(window: Window) => void} report move it there, and let Python know
 * @property {() => Size} size of a bin, when it begins to play
 * @property {() => Extent} extent of the data
 * @property {() => number} left the first day that is on the track
 * @property {() => void} changed it has begun or ceased to play
 *
 * @typedef {object} Clock what the time is told by: the browser's, but for tests
 * @property {() => number} now milliseconds
 * @property {(act: (now: number) => void) => () => void} nextFrame both return what calls it off
 * @property {(act: () => void, wait: number) => () => void} later
 * @property {() => boolean} calm whether the visitor asked for less motion
 */

import { addMonths } from "../time/days.js";

export const SPEEDS = [1, 2, 4, 8];
/** Python hears of the window no oftener. */
const REPORT_MS = 1000;
/** Who asked for less motion sees the bins one by one. */
const STEP_MS = 1000;
/** A page that was in the background has not been playing. */
const LONGEST_FRAME_MS = 250;

/** @returns {Clock} */
function browserClock() {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  return {
    now: () => performance.now(),
    nextFrame: (act) => {
      const frame = requestAnimationFrame(act);
      return () => cancelAnimationFrame(frame);
    },
    later: (act, wait) => {
      const timer = setTimeout(act, wait);
      return () => clearTimeout(timer);
    },
    calm: () => calm.matches,
  };
}

/** A day some bins on; a month stays a month. @param {number} day @param {Size} size @param {number} bins */
export function binsOn(day, size, bins) {
  return size.months ? addMonths(day, size.months * bins) : day + size.days * bins;
}

/**
 * The window some bins on, or back: both its edges, or where it grows only the right one. It stays within the data,
 * or where it is.
 * @param {Window} window @param {Size} size @param {number} bins @param {boolean} growing @param {Extent} extent
 * @returns {Window}
 */
export function stepped({ start, end }, size, bins, growing, extent) {
  const [least, most] = [Math.min(extent.first, start), Math.max(extent.last, end)];
  // The day after the window is stepped, so that a whole month becomes a whole month.
  let next = binsOn(end + 1, size, bins) - 1;
  if (growing) return { start, end: Math.min(Math.max(next, start), most) };
  let first = binsOn(start, size, bins);
  if (next > most) [first, next] = [start + most - end, most];
  if (first < least) [first, next] = [least, end + least - start];
  return { start: first, end: Math.max(first, next) };
}

export class Player {
  #callOff = () => {};
  /** What of a day the frames have played beyond whole days. */
  #carried = 0;
  #before = 0;
  #reportedAt = 0;
  #ended = false;
  /** @type {Window} where it began, for the loop */
  #origin = { start: 0, end: 0 };

  /** @param {Stage} stage @param {Clock} [clock] */
  constructor(stage, clock = browserClock()) {
    this.stage = stage;
    this.clock = clock;
    /** @type {Size} of a bin */
    this.size = { name: "Day", days: 1 };
    this.grows = false;
    this.playing = false;
    this.speed = SPEEDS[0];
    this.loop = false;
    this.growing = false;
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  play() {
    this.size = this.stage.size();
    this.playing = true;
    this.#carried = 0;
    this.#before = this.#reportedAt = this.clock.now();
    this.#begin();
    this.stage.changed();
    this.#next();
  }

  /** @param {boolean} [report] false where a hand takes over, which will tell when it lets go */
  pause(report = true) {
    if (!this.playing) return;
    this.playing = false;
    this.#callOff();
    this.stage.changed();
    if (report) this.stage.report(this.stage.read());
  }

  /** A window as long as the data has nowhere to move: it grows. @param {Window} window */
  #grows({ start, end }) {
    const { first, last } = this.stage.extent();
    return this.growing || end - start >= last - first;
  }

  /** From the end of the data, begin again at the left of the track. */
  #begin() {
    const window = this.stage.read();
    const { first, last } = this.stage.extent();
    this.grows = this.#grows(window);
    if (window.end < last) {
      this.#origin = window;
      return;
    }
    const start = this.grows ? window.start : Math.min(Math.max(Math.ceil(this.stage.left()), first), last);
    const end = this.grows ? Math.min(binsOn(start, this.size, 1) - 1, last) : start + window.end - window.start;
    // The window may be too long to begin anywhere else on the track.
    const late = Math.max(0, Math.min(end - last + 1, start - first));
    this.#origin = { start: start - late, end: end - late };
    this.stage.move(this.#origin, 0);
  }

  #next() {
    this.#callOff = this.clock.calm()
      ? this.clock.later(() => this.#step(), STEP_MS)
      : this.clock.nextFrame((now) => this.#frame(now));
  }

  /** @param {number} now */
  #frame(now) {
    const passed = Math.min(Math.max(now - this.#before, 0), LONGEST_FRAME_MS);
    this.#before = now;
    // A bin a second at the first speed, so that playing is of use at any zoom.
    this.#carried += (passed / 1000) * this.size.days * this.speed;
    const days = Math.floor(this.#carried);
    this.#carried -= days;
    const { start, end } = this.stage.read();
    this.#show({ start: this.grows ? start : start + days, end: end + days }, this.#carried);
  }

  #step() {
    this.#show(stepped(this.stage.read(), this.size, this.speed, this.grows, this.stage.extent()), 0);
  }

  /** Show the next window, or what comes at the end of the data. @param {Window} window @param {number} part */
  #show(window, part) {
    const { last } = this.stage.extent();
    const over = this.#ended;
    this.#ended = window.end >= last;
    if (over && this.loop) {
      this.#ended = false;
      this.#carried = 0;
      this.#move(this.#origin, 0);
    } else if (this.#ended) {
      const late = window.end - last;
      this.#move({ start: this.grows ? window.start : window.start - late, end: last }, 0);
      if (!this.loop) return this.pause();
    } else this.#move(window, part);
    this.#next();
  }

  /** @param {Window} window @param {number} part */
  #move(window, part) {
    const now = this.clock.now();
    if (now - this.#reportedAt < REPORT_MS) return this.stage.move(window, part);
    this.#reportedAt = now;
    this.stage.move(window, part);
    this.stage.report(window);
  }
}
