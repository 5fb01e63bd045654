/** What Watch it tells of a day, and its stills. Pure. */

/** @typedef {import("./watch.js").Step} Step */

/** The days of the three stills for who asked for less motion: the first, the middle and the last. @param {import("./timeline.js").Window} window */
export function stills({ start, end }) {
  return [start, Math.round((start + end) / 2), end];
}

/** The count that holds on a day, or the last one before it. @param {Step[]} steps in order of time @param {number} day */
export function countOn(steps, day) {
  return steps.findLast(([first]) => first <= day) ?? null;
}

/** How many there surely and at most are, in words. @param {{sure: number, possible: number}} counted */
export function range({ sure, possible }) {
  return possible ? `${sure}–${sure + possible}` : String(sure);
}
