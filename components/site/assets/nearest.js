/** Which of the pages that were written beforehand is nearest to a window. Pure. */

/** @typedef {{name: string, page: string, start: number, end: number}} Period */

/**
 * The one with which most of the days of both are shared; where none is, the one that is least far off.
 * @param {Period[]} periods @param {number} start @param {number} end
 * @returns {Period & {same: boolean}} with whether it is of the same days
 */
export function nearest(periods, start, end) {
  /** @param {Period} one */
  const likeness = (one) => {
    const shared = Math.min(end, one.end) - Math.max(start, one.start) + 1;
    const whole = Math.max(end, one.end) - Math.min(start, one.start) + 1;
    return shared > 0 ? shared / whole : shared; // not above zero: how far apart, in days
  };
  const best = periods.reduce((found, one) => (likeness(one) > likeness(found) ? one : found));
  return { ...best, same: best.start === start && best.end === end };
}
