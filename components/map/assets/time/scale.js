/**
 * The stretch of time on the track, and where its days lie in pixels. Pure.
 *
 * @typedef {object} Domain days, with fractions while it is zoomed
 * @property {number} from
 * @property {number} to the first instant that is no longer on the track
 */

/** Fewer days than these are never shown: they have nothing between them. */
const LEAST_DAYS = 10;

export class Scale {
  /** @param {Domain} domain @param {number} left @param {number} right pixels */
  constructor({ from, to }, left, right) {
    Object.assign(this, { from, to, left, right });
    this.perDay = (right - left) / (to - from);
  }

  x(day) {
    return this.left + (day - this.from) * this.perDay;
  }

  day(x) {
    return this.from + (x - this.left) / this.perDay;
  }
}

/**
 * `domain` with `factor` times the days, `about` staying where it is; within `limits`.
 * @param {Domain} domain @param {Domain} limits
 */
export function zoomed(domain, factor, about, limits) {
  const width = Math.min(Math.max((domain.to - domain.from) * factor, LEAST_DAYS), limits.to - limits.from);
  const part = (about - domain.from) / (domain.to - domain.from);
  const from = about - part * width;
  return moved({ from, to: from + width }, 0, limits);
}

/** `domain` some days on, within `limits`; in their middle where it is wider than they are. */
export function moved({ from, to }, days, limits) {
  const room = limits.to - limits.from - (to - from);
  const left = room < 0 ? limits.from + room / 2 : Math.min(Math.max(from + days, limits.from), limits.from + room);
  return { from: left, to: left + to - from };
}
