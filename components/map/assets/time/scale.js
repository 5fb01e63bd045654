/**
 * A stretch of time on the screen, and where its days lie in pixels. Pure.
 *
 * @typedef {object} Extent days, both ends inclusive
 * @property {number} first
 * @property {number} last
 *
 * @typedef {object} Window the days on view, both ends inclusive
 * @property {number} start
 * @property {number} end
 *
 * @typedef {object} Domain days, with fractions while it is zoomed
 * @property {number} from
 * @property {number} to the first instant that is no longer in it
 */

import { within } from "./days.js";

/** Fewer days than these are never shown: they have nothing between them. */
const LEAST_DAYS = 10;

export class Scale {
  /** @param {Domain} domain @param {number} left @param {number} right pixels */
  constructor({ from, to }, left, right) {
    this.from = from;
    this.to = to;
    this.left = left;
    this.right = right;
    this.perDay = (right - left) / (to - from);
  }

  /** @param {number} day */
  x(day) {
    return this.left + (day - this.from) * this.perDay;
  }

  /** As x(), but never beyond the stretch. @param {number} day */
  inside(day) {
    return within(this.x(day), this.left, this.right);
  }

  /** @param {number} x */
  day(x) {
    return this.from + (x - this.left) / this.perDay;
  }
}

/**
 * `domain` with `factor` times the days, `about` staying where it is; within `limits`.
 * @param {Domain} domain @param {number} factor @param {number} about a day @param {Domain} limits
 * @returns {Domain}
 */
export function zoomed(domain, factor, about, limits) {
  const width = Math.min(Math.max((domain.to - domain.from) * factor, LEAST_DAYS), limits.to - limits.from);
  const part = (about - domain.from) / (domain.to - domain.from);
  const from = about - part * width;
  return moved({ from, to: from + width }, 0, limits);
}

/**
 * `domain` some days on, within `limits`; in their middle where it is wider than they are.
 * @param {Domain} domain @param {number} days @param {Domain} limits
 * @returns {Domain}
 */
export function moved({ from, to }, days, limits) {
  const room = limits.to - limits.from - (to - from);
  const left = room < 0 ? limits.from + room / 2 : Math.min(Math.max(from + days, limits.from), limits.from + room);
  return { from: left, to: left + to - from };
}

/**
 * `domain` as far moved as puts its middle to the middle of the window, where that has been panned away.
 * @param {Domain} domain @param {Window} window @param {Domain} limits
 */
export function revealed(domain, { start, end }, limits) {
  if (end >= domain.from && start < domain.to) return domain;
  return moved(domain, (start + end + 1 - domain.from - domain.to) / 2, limits);
}

/**
 * `domain` zoomed with the middle of the window in its own middle, where `limits` leave room for it.
 * @param {Domain} domain @param {number} factor @param {Window} window @param {Domain} limits
 */
export function zoomedAbout(domain, factor, { start, end }, limits) {
  const middle = within((start + end + 1) / 2, domain.from, domain.to);
  const zoom = zoomed(domain, factor, middle, limits);
  return moved(zoom, middle - (zoom.from + zoom.to) / 2, limits);
}

/** How many times its window a stretch of time may be as long, before another is chosen. */
const LONGEST = 12;

/** Whether a window has room in a stretch of time, and is not lost in it. @param {Domain} domain @param {Window} window */
export function holds({ from, to }, { start, end }) {
  return start >= from && end < to && to - from <= (end - start + 1) * LONGEST;
}
